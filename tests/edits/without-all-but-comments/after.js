var config = {
    a: [
        // First.
        // End.
    ],
};
