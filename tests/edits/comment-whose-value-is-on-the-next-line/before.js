var config = {
    // a:
    //     'long text',
    b: 1,
};
