var config = {
    a: makeValue(),
    b: 1,
};
