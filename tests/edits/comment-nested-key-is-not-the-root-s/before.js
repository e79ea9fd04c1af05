var config = {
    // n: {
    //     a: 1,
    // },
    z: 1,
};
