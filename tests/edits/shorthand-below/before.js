var a = { x: 1 };
var config = {
    a,
};
