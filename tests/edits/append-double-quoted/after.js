var config = {
    a: [ "x", "p" ],
    b: 'y',
    c: 'z',
};
