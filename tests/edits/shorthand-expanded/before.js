var a = 1;
var config = {
    a,
    b: 2
};
