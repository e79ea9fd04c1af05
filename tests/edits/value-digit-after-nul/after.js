var config = {
    a: '\x001',
};
