var config = {
    a: [
        // First.
        'x',
        'y' // two
        // End.
    ],
};
