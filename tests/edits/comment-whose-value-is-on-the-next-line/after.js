var config = {
    // a:
    //     'long text',
    a: '1',
    b: 1,
};
