var config = {
    a: 'C:\\new\\u0041',
};
