var config = {
    //a: 'x',
    a: '1',
    b: 1,
};
