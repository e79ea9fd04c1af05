var config = {
    a: { b: 1 },
};
config.a = {
    b: 3
};
