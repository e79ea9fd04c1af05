var config = {
    a: [ 'x', 'y', 'z', 'p', 'q' ],
};
