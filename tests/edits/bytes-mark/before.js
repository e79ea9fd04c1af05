var config = {
    // The name.
    a: 'x',
    n: {
        b: 1
    }
};
