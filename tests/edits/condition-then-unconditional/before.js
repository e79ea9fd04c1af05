var config = {
    a: 1,
};
if (subdomain) {
    config.a = 2;
}
config.a = 4;
