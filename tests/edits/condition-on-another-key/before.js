var config = {
    a: 1,
};
if (subdomain) {
    config.b = 2;
}
