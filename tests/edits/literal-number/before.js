var config = {
    a: 1,
    b: 0x10,
    c: -3,
    d: 1e3,
};
