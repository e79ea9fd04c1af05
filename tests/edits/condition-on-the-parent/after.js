var config = {
    n: { a: 3 },
};
if (subdomain) config.n = {};
