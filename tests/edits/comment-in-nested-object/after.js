var config = {
    n: {
        // Whether.
        // a: true,
        a: false,
        // b: 5,
        b: 6,
        c: 1
    },
    // a: 'not this one',
};
