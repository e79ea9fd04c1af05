var config = {
    a: [
        'y',
        'p'
    ],
};
