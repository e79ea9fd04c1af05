// Custom of docker.
config.a = 1;
config.b = config.b || {};
config.b.c = 'x';
