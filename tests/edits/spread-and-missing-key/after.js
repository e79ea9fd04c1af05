var config = {
    ...base,
    a: 2
};
