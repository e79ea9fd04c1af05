var config = {
};
config.a = 1;
config.a = 3;
