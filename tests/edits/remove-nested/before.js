var config = {
    n: {
        a: 1,
        b: 2
    },
};
