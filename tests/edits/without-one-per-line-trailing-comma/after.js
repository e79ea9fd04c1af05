var config = {
    a: [
        'x',
    ],
};
