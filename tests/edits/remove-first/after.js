var config = {
    b: 2,
    c: 3,
};
