var config = {
    a: 'p\u2028q\u2029r',
};
