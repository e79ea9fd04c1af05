var config = {
    a: 1,
};
if (subdomain) {
    config.a = 2;
}
