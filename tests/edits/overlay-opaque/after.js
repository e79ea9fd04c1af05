var config = makeConfig();
// >>> rebrand: made from config.toml, edit it there
config.a = 3;
config.b = config.b || {};
config.b.c = 4;
// <<< rebrand
