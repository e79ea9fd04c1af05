var config = {
    a: 1,
};
// end
// >>> rebrand: made from config.toml, edit it there
config.a = 2;
// <<< rebrand