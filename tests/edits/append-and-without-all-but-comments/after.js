var config = {
    a: [
        'p'
        // First.
        // End.
    ],
};
