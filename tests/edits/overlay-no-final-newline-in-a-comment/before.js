var config = {
    a: 1,
};
// end