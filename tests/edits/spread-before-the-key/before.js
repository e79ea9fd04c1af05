var config = {
    ...base,
    a: 1,
};
