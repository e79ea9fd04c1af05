const config = { a: 1 };
