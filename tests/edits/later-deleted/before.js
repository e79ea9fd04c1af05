var config = {
    a: 1,
};
delete config.a;
