var config = {
    a: [],
};
