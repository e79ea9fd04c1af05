config.a = 1;
