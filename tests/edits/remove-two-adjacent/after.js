var config = {
    c: 3
};
