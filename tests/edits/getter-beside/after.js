var config = {
    get a() { return 1; },
    b: 3,
    c: 4,
};
