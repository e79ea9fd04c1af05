var config = {
    a: 2,
    b: 0x10,
    c: -4,
    d: 1.5,
};
