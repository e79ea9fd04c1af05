var config = {
    // a: {
    //     b: 1,

    //     c: 2
    // },
    z: 1,
};
