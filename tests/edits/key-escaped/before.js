var config = {
    '\x61': 1,
};
