var config = {
    a: [ 'x', 'p' ],
};
config.a.b = 2;
