var config = {
    a: subdomain ? { x: 1 } : { x: 2 },
};
