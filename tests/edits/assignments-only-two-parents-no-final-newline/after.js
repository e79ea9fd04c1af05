config.a = 1;
config.b = config.b || {};
config.b.c = 2;
config.b.d = 3;