var config = {
    // How it looks.
    // a: {
    //     b: 1,
    //     c: 2
    // },

    z: 1,
};
