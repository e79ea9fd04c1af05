var config = {
    a: [ 'y', 'z' ],
};
