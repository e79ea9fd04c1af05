var config = {
    a: 1,
    ...base,
};
