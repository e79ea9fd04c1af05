/* eslint-disable no-unused-vars, no-var, max-len */
/* eslint sort-keys: ["error", "asc", {"caseSensitive": false}] */

/**
 * A stand-in in the shape of the file that the package of June 2021 ships.
 *
 * Deprecated already then: what is new goes to config.js.
 */

var interfaceConfig = {
    APP_NAME: 'Jitsi Meet',
    AUDIO_LEVEL_PRIMARY_COLOR: 'rgba(255,255,255,0.4)',
    AUDIO_LEVEL_SECONDARY_COLOR: 'rgba(255,255,255,0.2)',

    /**
     * Which screen shares are pinned by themselves: the string "remote-only"
     * for those of others, another true value for all, a false one for none.
     */
    AUTO_PIN_LATEST_SCREEN_SHARE: 'remote-only',
    BRAND_WATERMARK_LINK: '',

    CLOSE_PAGE_GUEST_HINT: false, // HTML for guests on the last page, or false for none
    /**
     * Whether a good connection hides its indicator after a while.
     *
     * @type {boolean}
     */
    CONNECTION_INDICATOR_AUTO_HIDE_ENABLED: true,

    DEFAULT_BACKGROUND: '#474747',
    DEFAULT_LOCAL_DISPLAY_NAME: 'me',
    DEFAULT_LOGO_URL: 'images/watermark.svg',
    DEFAULT_REMOTE_DISPLAY_NAME: 'Fellow Jitster',
    DEFAULT_WELCOME_PAGE_LOGO_URL: 'images/watermark.svg',

    DISABLE_DOMINANT_SPEAKER_INDICATOR: false,

    DISABLE_FOCUS_INDICATOR: false,

    DISPLAY_WELCOME_FOOTER: true,
    DISPLAY_WELCOME_PAGE_CONTENT: false,

    ENABLE_FEEDBACK_ANIMATION: false, // Stars that move.

    FILM_STRIP_MAX_HEIGHT: 120,

    GENERATE_ROOMNAMES_ON_WELCOME_PAGE: true,

    /**
     * No logo on the pages that offer the app.
     */
    HIDE_DEEP_LINKING_LOGO: false,

    INITIAL_TOOLBAR_TIMEOUT: 20000,
    JITSI_WATERMARK_LINK: 'https://jitsi.org',

    LANG_DETECTION: true, // The language that the browser asks for
    LIVE_STREAMING_HELP_LINK: 'https://jitsi.org/live', // Where the dialog for streams leads.
    LOCAL_THUMBNAIL_RATIO: 16 / 9, // 16:9

    /**
     * How far a video may be enlarged to fill the window.
     *
     * @type {number}
     */
    MAXIMUM_ZOOMING_COEFFICIENT: 1.3,

    /**
     * Whether browsers on phones are told of the app. If {@code undefined},
     * they are.
     *
     * @type {boolean}
     */
    MOBILE_APP_PROMO: true,

    /**
     * Where the app for Android comes from.
     */
    MOBILE_DOWNLOAD_LINK_ANDROID: 'https://play.google.com/store/apps/details?id=org.jitsi.meet',

    NATIVE_APP_NAME: 'Jitsi Meet',

    // Browsers that need no word of warning. Some of those there are:
    // chrome, chromium, firefox, safari
    OPTIMAL_BROWSERS: [ 'chrome', 'chromium', 'firefox', 'nwjs', 'electron', 'safari' ],

    POLICY_LOGO: null,
    PROVIDER_NAME: 'Jitsi',

    RECENT_LIST_ENABLED: true,
    REMOTE_THUMBNAIL_RATIO: 1, // 1:1

    SETTINGS_SECTIONS: [ 'devices', 'language', 'moderator', 'profile', 'calendar' ],

    /**
     * The ways to invite that are offered: all if unset, none for [].
     */
    // SHARING_FEATURES: ['email', 'url', 'dial-in', 'embed'],

    SHOW_BRAND_WATERMARK: false,
    SHOW_CHROME_EXTENSION_BANNER: false,

    SHOW_DEEP_LINKING_IMAGE: false,
    SHOW_JITSI_WATERMARK: true,
    SHOW_POWERED_BY: false,
    SHOW_PROMOTIONAL_CLOSE_PAGE: false,

    /*
     * Where dialogs about errors send people who need help.
     */
    SUPPORT_URL: 'https://community.jitsi.org/',

    TOOLBAR_ALWAYS_VISIBLE: false,

    /**
     * DEPRECATED!
     * This config was moved to config.js as `toolbarButtons`.
     */
    // TOOLBAR_BUTTONS: [
    //     'microphone', 'camera', 'desktop', 'hangup', 'profile', 'chat',
    //     'settings', 'raisehand', 'tileview', 'help', 'security'
    // ],

    TOOLBAR_TIMEOUT: 4000,

    UNSUPPORTED_BROWSERS: [],

    /**
     * Thumbnails in a column rather than in a row.
     */
    VERTICAL_FILMSTRIP: true,

    // How a video fits: 'both' fills the window, 'height' and 'width' one side.
    VIDEO_LAYOUT_FIT: 'both',

    /**
     * How many columns tiles may have, 1 to 5.
     */
    // TILE_VIEW_MAX_COLUMNS: 5,

    /**
     * The scheme by which a phone opens the app.
     */
    // APP_SCHEME: 'org.jitsi.meet',

    // More that nobody wrote about
    /**
     INDICATOR_FONT_SIZES
     PHONE_NUMBER_REGEX
    */

    // The last key stays last, so that every one above may end in a comma.
    // eslint-disable-next-line sort-keys
    makeJsonParserHappy: 'even if last key had a trailing comma'

    // Nothing goes below this line.
};

/* eslint-enable no-unused-vars, no-var, max-len */
