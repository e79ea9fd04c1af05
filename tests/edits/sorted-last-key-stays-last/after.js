var interfaceConfig = {
    APP_NAME: 'Jitsi Meet',
    BRAND: 'x',
    CHROME: 1,
    SHOW: true,
    ZOOM: 'y',

    /** Keep it last. */
    // eslint-disable-next-line
    makeJsonParserHappy: 'even if last key had a trailing comma'

    // No configuration value should follow this line.
};
