var config = {
    n: { a: 1 },
};
