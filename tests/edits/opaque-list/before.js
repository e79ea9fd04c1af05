var config = {
    a: makeList(),
};
