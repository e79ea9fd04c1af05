var config = {
    x: 1,
};

