if (!config.hasOwnProperty('flags')) config.flags = {};
config.flags.x = true;
if (!('p2p' in config)) {
    config.p2p = {};
}
config.a = 2;
config.fresh = 'x';
