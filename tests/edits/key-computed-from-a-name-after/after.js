var config = {
    a: 2,
    [name]: 1,
    a: 3,
};
