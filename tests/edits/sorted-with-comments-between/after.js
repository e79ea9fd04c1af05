var interfaceConfig = {
    // First.
    A: 1,
    B: 6,

    // Fourth.
    D: 2,

    // Fifth.
    E: 3,

    F: 4
};
