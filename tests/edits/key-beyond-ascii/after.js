var config = {
    x: 1,
    'größe': 3,
};
