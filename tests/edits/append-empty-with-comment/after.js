var config = {
    a: [
        // 'x'
        'p'
    ],
};
