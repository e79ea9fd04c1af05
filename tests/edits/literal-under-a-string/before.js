var config = {
    a: 'text',
};
