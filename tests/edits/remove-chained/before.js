var config = {
};
config.a = config.b = 2;
