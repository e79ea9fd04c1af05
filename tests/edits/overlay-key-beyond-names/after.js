var config = {
    a: 1,
};
// >>> rebrand: made from config.toml, edit it there
config['b-c'] = 2;
// <<< rebrand
