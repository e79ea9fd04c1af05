var interfaceConfig = {
    B: 1,
    C: 2,
    D: 3,
    E: 4
};
