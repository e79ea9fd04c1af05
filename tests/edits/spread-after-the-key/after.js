var config = {
    a: 1,
    ...base,
    b: 2,
    a: 2,
};
