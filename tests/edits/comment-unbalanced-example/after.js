var config = {
    // a: {
    //     b: 1,
    //     c: [ 2
    // },
    a: {
        b: 3
    },

    z: 1,
};
