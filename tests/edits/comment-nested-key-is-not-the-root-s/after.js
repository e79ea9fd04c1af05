var config = {
    // n: {
    //     a: 1,
    // },
    z: 1,
    a: 2,
};
