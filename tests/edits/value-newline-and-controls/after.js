var config = {
    a: 'p\nq\tr\rs\x00t\x7Fu\x85v',
};
