var config = {
    a: 3,
};
var c = config;
c.a = 2;
