var config = {
    a: [
        // 'x'
    ],
};
