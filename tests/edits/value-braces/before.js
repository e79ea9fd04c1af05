var config = {
    a: 'x',
};
