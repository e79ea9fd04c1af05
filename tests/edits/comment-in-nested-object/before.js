var config = {
    n: {
        // Whether.
        // a: true,
        // b: 5,
        c: 1
    },
    // a: 'not this one',
};
