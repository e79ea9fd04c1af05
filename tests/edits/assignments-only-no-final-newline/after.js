config.a = 1;
config.b = 2;
config.c = 3;