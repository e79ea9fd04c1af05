var config = {
    a: 1,
    l: [ 1 ],
};
// >>> rebrand: made from config.toml, edit it there
config.a = 2;
config.b = config.b || {};
config.b.c = config.b.c || {};
config.b.c.d = 3;
config.b.c.e = 4;
config.l = [ 1, 2 ];
// <<< rebrand
