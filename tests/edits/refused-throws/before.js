var config = {
    a: 1,
};
config.x = null;
config.x.y = 2;
