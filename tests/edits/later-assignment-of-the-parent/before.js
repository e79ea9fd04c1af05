var config = {
    flags: { x: false },
};

config.flags = { y: 1 };
