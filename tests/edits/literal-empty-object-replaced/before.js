var config = {
    a: {},
};
