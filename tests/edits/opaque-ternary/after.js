var config = {
    a: subdomain ? { x: 1 } : { x: 2 },
};
config.a = config.a || {};
config.a.x = 3;
