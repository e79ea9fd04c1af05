var config = {
    n: { a: 1 },
    ...base,
};
