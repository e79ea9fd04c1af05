var config = {
    a: 1,
    b: 0,
    a: 2,
};
