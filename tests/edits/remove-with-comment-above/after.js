var config = {
    // The first.
    a: 1,

    // The second.
    // Really.

    // The third.
    c: 3,
};
