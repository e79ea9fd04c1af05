var config = {
    a: true,
    b: false
};
