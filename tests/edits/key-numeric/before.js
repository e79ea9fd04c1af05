var config = {
    m: {
        1: 'one',
        0x2: 'two',
    },
};
