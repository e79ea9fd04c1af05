var config = {
    a() { return 1; },
};
