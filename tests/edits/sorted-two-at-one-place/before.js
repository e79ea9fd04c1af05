var interfaceConfig = {
    A: 1,
    D: 2,
    E: 3,
    F: 4
};
