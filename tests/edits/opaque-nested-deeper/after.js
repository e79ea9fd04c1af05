var config = {
    a: makeValue(),
};
config.a = config.a || {};
config.a.x = config.a.x || {};
config.a.x.y = 3;
config.a.x.z = 4;
