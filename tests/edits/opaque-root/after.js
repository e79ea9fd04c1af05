var config = makeConfig();
config.a = 3;
config.b = config.b || {};
config.b.c = 4;
