var config = {
    a: [ 'x', 'z' ],
};
