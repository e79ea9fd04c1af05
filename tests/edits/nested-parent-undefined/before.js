var config = {
    a: undefined,
};
