var config = {
    a: [ { b: 1 }, { b: 2 } ],
};
