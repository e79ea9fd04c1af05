var config = {
    a: 1,
};
config = { a: 2 };
