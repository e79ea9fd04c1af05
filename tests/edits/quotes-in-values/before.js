var config = {
    a: 'x',
    b: "y",
    d: 'e',
};
