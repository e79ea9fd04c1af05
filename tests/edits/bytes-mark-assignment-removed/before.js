config.a = 1;
config.b = 2;
