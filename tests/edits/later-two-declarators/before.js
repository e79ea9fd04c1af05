var other = { a: 0 }, config = { a: 1 };
