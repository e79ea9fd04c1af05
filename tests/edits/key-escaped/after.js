var config = {
    '\x61': 2,
};
