var config = {
    a: [
        'x', // one
        'y', // two
        'z' // three
    ],
};
