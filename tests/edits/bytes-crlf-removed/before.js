var config = {
    a: 1, // one
    b: 2
};
