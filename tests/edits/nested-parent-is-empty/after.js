var config = {
    a: {
        b: 1
    },
};
