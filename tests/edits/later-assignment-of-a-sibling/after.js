var config = {
    flags: { x: false, y: true },
};

config.flags.x = true;
