var config = {
    x: 1,
};

config.flags = config.flags || {};
config.flags.x = true;
config.flags.y = 1;
