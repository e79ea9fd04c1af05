var config = { // one
    a: 1 };
