var config = {
    a: [
        'x', // one
        'z' // three
    ],
};
