var config = {
    a: [ 'y' ],
};
