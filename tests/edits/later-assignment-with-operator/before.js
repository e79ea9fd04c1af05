var config = {
    a: 'x',
};
config.a += 'y';
