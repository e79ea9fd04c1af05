var config = {
    a: {
        // Nothing here.
    },
};
