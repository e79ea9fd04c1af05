var config = {
    n: { a: 1 },
};
if (subdomain) config.n = {};
