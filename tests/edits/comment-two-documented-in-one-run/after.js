var config = {
    z: 1,
    // a: 'x',
    a: '1',
    // b: 'y'
    b: '2',
    y: 2
};
