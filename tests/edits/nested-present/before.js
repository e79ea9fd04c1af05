var config = {
    a: {
        b: {
            c: 'old'
        }
    }
};
