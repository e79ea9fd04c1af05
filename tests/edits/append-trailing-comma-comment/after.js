var config = {
    a: [
        'x', // one
        'y', // two
        'p',
    ],
};
