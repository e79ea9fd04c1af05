var config = {
    a: makeValue(),
};
