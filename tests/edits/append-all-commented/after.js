var config = {
    a: [ /* none */ 'p' ],
};
