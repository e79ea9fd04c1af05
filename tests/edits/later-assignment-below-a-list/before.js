var config = {
    a: [ 'x' ],
};
config.a.b = 2;
