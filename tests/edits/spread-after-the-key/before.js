var config = {
    a: 1,
    ...base,
    b: 2,
};
