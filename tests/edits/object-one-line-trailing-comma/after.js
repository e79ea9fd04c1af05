var config = { a: 1, c: 'x', };
