var config = {
    a: 1,
};
config.a.b = 2;
