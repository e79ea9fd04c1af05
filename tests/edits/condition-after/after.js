var config = {
    a: 3,
};
if (subdomain) {
    config.a = 2;
}
