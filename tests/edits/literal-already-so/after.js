var config = {
    a: "x",
    b: 0x10,
    c: [ 'p',   'q' ],
    d: ('y'),
    e: 1.0,
};
