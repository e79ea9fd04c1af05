var config = {
    a: 1,
    n: { b: 1 },
};
// >>> rebrand: made from config.toml, edit it there
delete config.a;
delete config.n.b;
// <<< rebrand
