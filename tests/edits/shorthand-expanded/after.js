var a = 1;
var config = {
    a: 5,
    b: 2
};
