var config = {
    a: [
        'x',
        'z',
        'p'
    ],
};
