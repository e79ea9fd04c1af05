var config = {
    a: 1,
};
var c = config;
c.a = 3;
