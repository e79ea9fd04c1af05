var config = {
    a: 1, d: 4,
};
