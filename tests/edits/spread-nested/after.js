var config = {
    n: {
        a: 1,
        ...base,
        a: 2,
        c: 3,
    },
};
