var config = { a: 1, /* two */ b: 2 };
