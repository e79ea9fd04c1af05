var config = {
    // a: 'x',
    b: 1,
    // a: 'y',
    c: 1,
};
