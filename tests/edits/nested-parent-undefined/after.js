var config = {
    a: undefined,
};
config.a = config.a || {};
config.a.b = 1;
