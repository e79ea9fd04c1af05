var config = {
    a: /y/,
};
