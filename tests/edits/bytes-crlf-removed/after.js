var config = {
    b: 2
};
