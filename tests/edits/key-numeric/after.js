var config = {
    m: {
        1: 'eins',
        0x2: 'zwei',
    },
};
