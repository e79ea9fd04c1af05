var config = {
    a: [ 'x', 'y', 'z' ],
};
