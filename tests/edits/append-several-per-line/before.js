var config = {
    a: [ 'u', 'v',
         'x', 'y' ],
};
