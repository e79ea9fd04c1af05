var config = {
    a: [ "x" ],
    b: 'y',
    c: 'z',
};
