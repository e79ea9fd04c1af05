var config = {
    a: {
        b: 1,
        c: {
            d: 1,
            e: 2
        },
    },
};
