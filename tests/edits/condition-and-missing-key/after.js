var config = {
    a: 1,
    b: 3,
};
if (subdomain) { config.b = 2; } else { config.b = 4; }
