var config = {
    b: 1, // a: 'x',
    c: 2,
    a: '1',
};
