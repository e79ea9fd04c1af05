var config = {
    a: {
        // Nothing here.
        b: 1
    },
};
