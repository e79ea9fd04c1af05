var config = {
    a: [ 'z' ],
    b: [ 'p', 'q' ],
};
