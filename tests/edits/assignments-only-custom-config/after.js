// Custom of docker.
config.a = 2;
config.b = config.b || {};
config.b.c = 'y';
config.d = 'new';
config.e = config.e || {};
config.e.f = config.e.f || {};
config.e.f.g = true;
config.e.f.h = false;
