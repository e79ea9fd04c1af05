var interfaceConfig = {
    // First.
    A: 1,

    // Fourth.
    D: 2,

    // Fifth.
    E: 3,

    F: 4
};
