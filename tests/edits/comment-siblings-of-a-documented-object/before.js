var config = {
    // a: {
    //     b: 1,
    // },
    z: 1,
};
