var interfaceConfig = {
    APP_NAME: 'Jitsi Meet',
    BRAND: 'x',
    CHROME: 'y',
    DEFAULT_LOCAL: 'me',
    SHOW: true
};
