var config = {
    a: 3,
};
if (subdomain) {
    config.b = 2;
}
