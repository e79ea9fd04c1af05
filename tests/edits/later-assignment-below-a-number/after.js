var config = {
    a: 1,
    c: 3,
};
config.a.b = 2;
