var config = {
    a: 1,
};
if (subdomain) { config.a = 2; }
// >>> rebrand: made from config.toml, edit it there
config.a = 3;
// <<< rebrand
