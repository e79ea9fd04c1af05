var config = {
    get a() { return 1; },
};
config.a = 2;
