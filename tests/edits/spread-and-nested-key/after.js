var config = {
    n: { a: 1 },
    ...base,
};
config.n = config.n || {};
config.n.a = 2;
