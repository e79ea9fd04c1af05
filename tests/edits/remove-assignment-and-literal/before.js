var config = {
    a: 1,
    x: 1,
};

config.a = 2;
