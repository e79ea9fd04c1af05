var config = {
    a: "z",
    b: "y",
    c: "it's",
};
