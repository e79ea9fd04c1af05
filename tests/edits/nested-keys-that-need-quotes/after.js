var config = {
    x: 1,
    a: {
        '1d': 2,
        'b-c': 1
    },
};
