var config = {
    a: 1,
};
Object.assign(config, { a: 2 });
