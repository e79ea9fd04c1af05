var config = {
    flags: { x: false },
};

config.flags.x = true;
