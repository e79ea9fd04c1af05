var config = {
    a: 1.5,
    b: 'z',
    c: 'h',
};
