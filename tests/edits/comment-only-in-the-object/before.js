var config = {
    // a: 'x',
    // b: 'y',
};
