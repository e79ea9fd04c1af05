var config = {
    a: 1,
    ...base,
};
// >>> rebrand: made from config.toml, edit it there
config.a = 2;
// <<< rebrand
