var config = {
    // a: 'x',
    b: 1,
    a: '1',
};
