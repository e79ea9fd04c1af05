var config = {
    a: [],
    b: [ ],
};
