var config = {
    a: null,
};
