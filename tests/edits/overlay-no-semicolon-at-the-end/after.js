var config = makeConfig()
// >>> rebrand: made from config.toml, edit it there
config.a = 2;
// <<< rebrand