/* eslint-disable comma-dangle, no-unused-vars, no-var, prefer-template, vars-on-top */

/*
 * A stand-in in the shape of the file that the package of summer 2026 ships.
 */

var subdir = '<!--# echo var="subdir" default="" -->';
var subdomain = '<!--# echo var="subdomain" default="" -->';

if (subdomain) {
    subdomain = subdomain.substr(0, subdomain.length - 1).split('.')
        .join('_')
        .toLowerCase() + '.';
}

// A web server without includes leaves the markers: then both are empty
if (subdir.startsWith('<!--')) {
    subdir = '';
}
if (subdomain.startsWith('<!--')) {
    subdomain = '';
}

var enableJaaS = false;

var config = {
    // How to reach the server
    //

    hosts: {
        // The XMPP domain.
        domain: 'meet.community.publiccode.net',

        // The domain of guests, where others must log in.
        // anonymousdomain: 'guest.example.com',

        // The domain of the rooms.
        muc: 'conference.' + subdomain + 'meet.community.publiccode.net',
    },

    // BOSH
    bosh: 'https://meet.community.publiccode.net/' + subdir + 'http-bind',

    // A websocket, which is tried first
    websocket: 'wss://meet.community.publiccode.net/' + subdir + 'xmpp-websocket',

    // Where rooms are asked for by plain requests
    // conferenceRequestUrl:
    //   'https://<!--# echo var="http_host" default="meet.community.publiccode.net" -->/' + subdir + 'conference-request/v1',

    // The channel to the bridge
    bridgeChannel: {
        // Addresses of the bridge that are not taken.
        // ignoreDomain: 'example.com',
    },


    // For tests
    //

    testing: {
        // Two people stay on the direct connection.
        // p2pTestMode: false,

        // What automated tests need.
        // testMode: false,
    },

    // No mark at moderators.
    // disableModeratorIndicator: false,

    // No hands, hearts and applause.
    // disableReactions: true,

    // screenshotCapture : {
    //      Pictures of shared screens.
    //      enabled: false,
    //
    //      'recording' - only while somebody records,
    //      or 'always'.
    //      mode: 'recording',
    // }


    // Sound and pictures
    //

    // Tells people that their microphone gives no sound.
    enableNoAudioDetection: true,

    // Tells people that their microphone gives much noise.
    enableNoisyMicDetection: true,

    // From this participant on everybody comes in muted.
    // startAudioMuted: 10,

    // Lines of the picture that is asked of the camera.
    // resolution: 720,

    // The list of those who spoke.
    // speakerStats: {
    //     // Whether there is none.
    //     disabled: false,

    //     // Who comes first.
    //     order: [
    //         'role',
    //         'name',
    //     ],
    // },

    // DEPRECATED. Please use speakerStats.order .
    // speakerStatsOrder: [
    //  'role', <- Moderators first
    //  'name', <- By name
    // ], <- the order of the list is the order of the rules

    // Streams to the public.
    // liveStreaming: {
    //    // Whether they are offered.
    //    enabled: false,
    //    // What one must agree to
    //    termsLink: 'https://www.youtube.com/t/terms',
    //    // Where help is
    //    helpLink: 'https://jitsi.org/live',
    // },

    // The rest
    //

    // How many videos a client gets; -1 for all.
    channelLastN: -1,

    // The marks of connections.
    // connectionIndicators: {
    //     autoHide: true,
    //     autoHideTimeout: 5000,
    //     disabled: false,
    // },

    // What one is called on one's own screen
    // defaultLocalDisplayName: 'me',

    // What others are called who gave no name
    // defaultRemoteDisplayName: 'Fellow Jitster',

    // Which language is spoken if the browser says nothing.
    // defaultLanguage: 'en',

    // Words that everybody sees. Example: 'The service will be down for
    // repairs at night,
    // noticeMessage: '',

    // How the mail of an invitation calls this place, instead of
    // interfaceConfig.APP_NAME.
    // inviteAppName: null,

    // Moved from interfaceConfig(TOOLBAR_BUTTONS).
    // The buttons at the lower edge; all if unset.
    // toolbarButtons: [
    //    'camera',
    //    'chat',
    //    'desktop',
    //    'hangup',
    //    'microphone',
    // ],

    // The bar at the lower edge.
    // toolbarConfig: {
    //     // Milliseconds until it goes for the first time.
    //     initialTimeout: 20000,
    //     // Milliseconds until it goes.
    //     timeout: 4000,
    //     // Whether it never goes.
    //     alwaysVisible: false,
    // },


    // Two people alone, without the bridge.
    //

    p2p: {
        // Whether they are connected directly.
        enabled: true,

        // Which codecs are tried first.
        // codecPreferenceOrder: [ 'AV1', 'VP9', 'VP8', 'H264 ],

        // Who tells them their addresses
        stunServers: [

            // { urls: 'stun:meet.community.publiccode.net:3478' },
            { urls: 'stun:meet-jit-si-turnrelay.jitsi.net:443' },
        ],
    },

    analytics: {
        // Matomo:
        // matomoEndpoint: 'https://your-matomo-endpoint/',
        // matomoSiteID: '42',

        // Where reports about connections go.
        // rtcstatsEndpoint: wss://rtcstats.example.com/,
    },

    // DEPRECATED! Use deeplinking.disabled instead.
    // disableDeepLinking: false,

    // The pages that offer the app.
    // deeplinking: {
    //
    //     // On desktops, where they are off.
    //     desktop: {
    //         appName: 'Jitsi Meet',
    //         appScheme: 'jitsi-meet,
    //         enabled: false
    //     },
    //     // Whether they are off everywhere.
    //     disabled: false,

    //     // whether they go without a logo.
    //     hideLogo: false,

    //     // On iPhones.
    //     ios: {
    //         appName: 'Jitsi Meet',
    //         // The scheme by which a phone opens the app.
    //         appScheme: 'org.jitsi.meet',
    //     },

    //     // On Android.
    //     android: {
    //         appName: 'Jitsi Meet',
    //         appPackage: 'org.jitsi.meet',
    //         fDroidUrl: 'https://f-droid.org/en/packages/org.jitsi.meet/',
    //     }
    // },

    // // Where the law is written.
    // legalUrls: {
    //     privacy: 'https://jitsi.org/meet/privacy',
    //     terms: 'https://jitsi.org/meet/terms'
    // },

    /**
     Where a branding of its own comes from. What is missing in it keeps its default:
     {
         // The domain of invitations
         inviteDomain: 'example-company.org,
         // The logo
         logoImageUrl: 'https://example.com/logo-img.png',
     }
    */
    // dynamicBrandingUrl: '',

    // More that nobody wrote about
    /**
     _immediateReloadThreshold
     debug
     iAmRecorder
     */

    // Milliseconds between two words about the mouse
    mouseMoveCallbackInterval: 1000,

    // The program's logo
    // defaultLogoUrl: 'images/watermark.svg',

    // What the watcher of connections is told:
    // watchRTCConfigParams: {
    //         /** A key */
    //         rtcApiKey: string;
    //         rtcTags?: string[];
    //         console?: {
    //             override: boolean;
    //         };
    // },

    // A whiteboard.
    // whiteboard: {
    //     enabled: true,
    //     //Where its pictures are kept
    //     storageBackendUrl: 'https://example.com',
    // },
};

// What customers of the hosted service get
if (enableJaaS) {
    config.dialInNumbersUrl = 'https://conference-mapper.jitsi.net/v1/access/dids';
    config.dialInConfCodeUrl = 'https://conference-mapper.jitsi.net/v1/access';
    config.roomPasswordNumberOfDigits = 10; // do not remove this comment
}
