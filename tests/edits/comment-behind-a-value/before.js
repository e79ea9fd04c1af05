var config = {
    b: 1, // a: 'x',
    c: 2,
};
