var config = {
    a: [ 'x', 'y', 'z' ],
};
config.a = [ 'k', 'p' ];
