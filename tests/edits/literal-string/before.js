var config = {
    // The name.
    a: 'old', // said above
    b: 2,
};
