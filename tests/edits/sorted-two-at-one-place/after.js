var interfaceConfig = {
    A: 1,
    B: 6,
    C: 5,
    D: 2,
    E: 3,
    F: 4
};
