var c = config;
c.a = 1;
c.hosts = c.hosts || {};
