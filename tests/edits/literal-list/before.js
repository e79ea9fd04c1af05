var config = {
    a: [ 'x', 'y' ],
    b: [],
};
