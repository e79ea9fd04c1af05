var config = {
    x: 1,
    'it\'s <\/x': 1,
};
