var config = {
    b: 'x',
};
