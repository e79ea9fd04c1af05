var config = {
    // Why.
    a: 1,
    b: 2
    // End.
};
