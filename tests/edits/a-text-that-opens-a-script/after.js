var a = '<!--';
var config = {
    a: '\x3CScript>1<\/Script> <b>',
};
