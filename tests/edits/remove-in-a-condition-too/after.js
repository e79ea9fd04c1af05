var config = {};
if (subdomain) {
    config.a = 2;
}
