var interfaceConfig = {
    APP_NAME: 'Jitsi Meet',
    BRAND: 'x',
    DEFAULT_LOCAL: 'me',
    SHOW: true
};
