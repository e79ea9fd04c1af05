var a = { x: 1 };
var config = {
    a,
};
config.a.x = 5;
