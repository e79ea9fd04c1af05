var config = {
    b: 1,
};
