var config = {
    a: 2,
    [name]: 1,
};
