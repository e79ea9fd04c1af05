var config = {
    // a: {
    //     b: 1,
    // },
    a: {
        b: 2,
        c: 'd'
    },
    z: 1,
};
