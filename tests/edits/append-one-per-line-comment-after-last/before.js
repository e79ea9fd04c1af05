var config = {
    a: [
        'x',
        'y' // why
        // 'z'
    ],
};
