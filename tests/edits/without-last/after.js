var config = {
    a: [ 'x', 'y' ],
};
