var config = {
    // 'a': 'x',
    b: 1,
};
