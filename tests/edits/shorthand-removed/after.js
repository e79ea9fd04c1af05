var a = 1;
var config = {
    b: 2
};
