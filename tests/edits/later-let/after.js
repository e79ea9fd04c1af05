let config = { a: 3 };
