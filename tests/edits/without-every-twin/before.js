var config = {
    a: [ 'x', 'y', 'x' ],
};
