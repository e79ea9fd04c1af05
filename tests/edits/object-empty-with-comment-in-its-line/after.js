var config = { // nothing
    a: 1
};
