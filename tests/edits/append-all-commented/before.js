var config = {
    a: [ /* none */ ],
};
