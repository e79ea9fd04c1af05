var config = {
    b: 0,
};
