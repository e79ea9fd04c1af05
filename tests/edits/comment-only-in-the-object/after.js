var config = {
    // a: 'x',
    a: '1',
    // b: 'y',
    b: '2'
};
