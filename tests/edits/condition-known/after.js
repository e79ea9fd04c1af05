var config = {
    a: 3,
};
if (true) { config.a = 2; }
