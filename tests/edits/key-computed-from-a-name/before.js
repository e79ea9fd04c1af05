var config = {
    [name]: 1,
    a: 2,
};
