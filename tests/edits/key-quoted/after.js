var config = {
    'a': 2,
    "b": 3,
};
