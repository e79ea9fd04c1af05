var config = {
    a: 5,
};
