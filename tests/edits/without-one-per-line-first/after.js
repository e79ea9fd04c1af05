var config = {
    a: [
        'y', // two
        'z' // three
    ],
};
