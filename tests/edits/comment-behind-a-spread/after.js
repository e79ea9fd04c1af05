var config = {
    // a: 1,
    ...base,
    a: 2,
};
