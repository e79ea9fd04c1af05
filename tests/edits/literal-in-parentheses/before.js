var config = {
    a: ('old'),
};
