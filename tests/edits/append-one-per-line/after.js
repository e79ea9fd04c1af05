var config = {
    a: [
        'x',
        'y',
        'p',
        'q'
    ],
};
