var config = {
    a: 'x',
};
config.a += 'y';
config.a = 'z';
