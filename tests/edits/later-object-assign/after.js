var config = {
    a: 3,
};
Object.assign(config, { a: 2 });
