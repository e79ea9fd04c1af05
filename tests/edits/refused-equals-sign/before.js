var config = {
    resolution = 480,
    a: 2
};
