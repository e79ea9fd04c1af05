var config = {
    x: 1,
};

// Why.
config.a = 2;
config.b = 3;
