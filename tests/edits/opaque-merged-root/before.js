var config = Object.assign({}, base, { a: 1 });
config.b = 2;
