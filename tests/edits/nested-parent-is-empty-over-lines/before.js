var config = {
    a: {
    },
};
