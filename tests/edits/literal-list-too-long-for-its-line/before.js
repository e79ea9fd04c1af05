var config = {
    a: [ 'x' ],
};
