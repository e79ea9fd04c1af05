var config = {
    c: 3
    // Why.
    // End.
};
