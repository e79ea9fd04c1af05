var config = {
    x: 1,
};

// Why.
config.b = 3;
