var config = {
    a: [ 'p' ],
};
