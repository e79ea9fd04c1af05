var config = {
    n: {
        // Why.
        a: 1
    },
    b: 2,
};
