var config = {
    get a() { return 1; },
};
