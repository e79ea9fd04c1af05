var a = '<!--';
var config = {
    a: 'x',
};
