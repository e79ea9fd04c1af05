var config = {
    a: {},
};
config['a']["b-c"] = 3;
