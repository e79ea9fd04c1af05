var config = {
    // The name.
    a: 'new', // said above
    b: 2,
};
