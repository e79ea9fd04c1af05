var c = config;
c.a = 2;
c.hosts = c.hosts || {};
c.fresh = 'x';
