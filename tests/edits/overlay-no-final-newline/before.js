var config = {
    a: 1,
};