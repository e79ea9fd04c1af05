var config = {
    a: makeValue(),
    b: 1,
};
config.a = config.a || {};
config.a.x = 3;
