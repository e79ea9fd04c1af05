var config = {
    a: false,
    b: true
};
