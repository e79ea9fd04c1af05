var config = {
    n: {},
};
