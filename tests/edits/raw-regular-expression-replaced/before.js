var config = {
    a: /x/,
};
