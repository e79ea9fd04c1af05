var config = {
    // Set a to have it.
    // See also: a
    b: 1,
    a: 'x',
};
