var config = {
    a: [
        'x',
        'y', // why
        'p'
        // 'z'
    ],
};
