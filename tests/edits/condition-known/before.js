var config = {
    a: 1,
};
if (true) { config.a = 2; }
