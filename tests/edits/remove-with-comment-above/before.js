var config = {
    // The first.
    a: 1,

    // The second.
    // Really.
    b: 2,

    // The third.
    c: 3,
};
