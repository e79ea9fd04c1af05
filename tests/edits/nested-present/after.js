var config = {
    a: {
        b: {
            c: 'new'
        }
    }
};
