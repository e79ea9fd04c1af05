var a = 1;
const config = { a: 1 };
config.b = 2;
