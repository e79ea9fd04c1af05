var config = {
    /*
     // a: 'x',
     */
    b: 1,
    a: 'x',
};
