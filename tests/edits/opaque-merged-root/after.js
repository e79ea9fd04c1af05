var config = Object.assign({}, base, { a: 1 });
config.a = 3;
config.b = 2;
