const config = { a: 1 };
// >>> rebrand: made from config.toml, edit it there
config.a = 3;
// <<< rebrand
