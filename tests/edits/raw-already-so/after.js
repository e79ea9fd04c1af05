var config = {
    a: 0x1f,
    b: null,
};
