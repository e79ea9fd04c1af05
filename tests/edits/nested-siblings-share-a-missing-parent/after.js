var config = {
    x: 1,
    a: {
        b: 1,
        c: 'two',
        d: {
            e: true,
            f: [ 1 ]
        }
    }
};
