var config = {
    x: 1,
    a: {
        b: {
            c: 1
        }
    },
};
