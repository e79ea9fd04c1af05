var config = {
    z: 1,
    // a: 'x',
    // b: 'y'
    y: 2
};
