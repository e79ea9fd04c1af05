var config = {
    b: 1,
    // The last.
    // a: 'x',
    a: 'y'
};
