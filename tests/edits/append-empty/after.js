var config = {
    a: [ 'p', 'q' ],
    b: [ 'r' ],
};
