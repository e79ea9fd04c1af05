var config = {
    a: [ 'x', ],
};
