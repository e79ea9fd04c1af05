var config = {
    a: [
        'p',
    ],
};
