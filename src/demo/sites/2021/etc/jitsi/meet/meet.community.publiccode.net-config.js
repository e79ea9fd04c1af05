/* eslint-disable no-unused-vars, no-var */

var config = {
    // How to reach the server
    //

    hosts: {
        // The XMPP domain.
        domain: 'meet.community.publiccode.net',

        // The domain of guests, where others must log in.
        // anonymousdomain: 'guest.example.com',

        // The domain of those who logged in; <domain> if unset.
        // authdomain: 'meet.community.publiccode.net',

        // The domain of the rooms.
        muc: 'conference.meet.community.publiccode.net'
    },

    // BOSH
    bosh: '//meet.community.publiccode.net/http-bind',

    // A websocket instead
    // websocket: 'wss://meet.community.publiccode.net/xmpp-websocket',

    // What the client calls itself to others
    clientNode: 'http://jitsi.org/jitsimeet',

    // Who leads the conference. The name before the @ must stay.
    // focusUserJid: 'focus@auth.meet.community.publiccode.net',


    // For tests
    //

    testing: {
        // No encryption from end to end, to find faults in it.
        // disableE2EE: false,

        // Two people stay on the direct connection.
        p2pTestMode: false

        // What automated tests need.
        // testMode: false

        // How often a low bitrate for screens is tried, 0 to 1.
        // capScreenshareBitrate: 1 // 0 for never - deprecated.

        // The share of people who report on their call.
        // callStatsThreshold: 5 // five in a hundred
    },

    // No UDP, respectively no TCP, for media.
    // webrtcIceUdpDisable: false,
    // webrtcIceTcpDisable: false,


    // Sound and pictures
    //

    // Another way to describe sessions, for browsers of the Chromium family.
    // enableUnifiedOnChrome: true,

    // Tells people that their microphone gives no sound.
    enableNoAudioDetection: true,

    // Tells people that their microphone gives much noise.
    enableNoisyMicDetection: true,

    // From this participant on everybody comes in muted.
    // startAudioMuted: 10,

    // Lines of the picture that is asked of the camera.
    // resolution: 720,

    // What is asked of the camera, in the words of the standard.
    // constraints: {
    //     video: {
    //         height: {
    //             ideal: 720,
    //             max: 720,
    //             min: 240
    //         }
    //     }
    // },

    // Frames a second of a shared screen.
    // desktopSharingFrameRate: {
    //     min: 5,
    //     max: 5
    // },

    // Whether streams to the public are offered.
    // liveStreamingEnabled: false,

    // The rest
    //

    // How many videos a client gets; -1 for all.
    channelLastN: -1,

    // How many it gets in larger rooms: from so many people on, so many videos.
    //
    // lastNLimits: {
    //     5: 20,
    //     30: 15
    // },

    // // A word about the time that a recording may take.
    // recordingLimit: {
    //
    //    // Minutes, as they are told. Nothing stops by itself.
    //    // limit: 60,
    //
    //    // Where there is no limit.
    //    // appName: 'Unlimited recordings APP',
    // },

    // Whether a room must be named by those who come.
    // requireDisplayName: true,

    // Whether there is a page before rooms.
    // enableWelcomePage: true,

    // Which language is spoken if the browser says nothing.
    // defaultLanguage: 'en',

    // How the mail of an invitation calls this place, instead of
    // interfaceConfig.APP_NAME.
    // inviteAppName: null,

    // Moved from interfaceConfig(TOOLBAR_BUTTONS).
    // The buttons at the lower edge; all if unset.
    // toolbarButtons: [
    //    'microphone', 'camera', 'desktop', 'hangup', 'profile', 'chat',
    //    'settings', 'raisehand', 'tileview', 'help', 'security'
    // ],

    // No other server is asked for anything.
    // disableThirdPartyRequests: false,


    // Two people alone, without the bridge.
    //

    p2p: {
        // Whether they are connected directly.
        enabled: true,

        // 'all', or 'relay' to hide addresses.
        // iceTransportPolicy: 'all',

        // Who tells them their addresses
        stunServers: [

            // { urls: 'stun:meet.community.publiccode.net:3478' },
            { urls: 'stun:meet-jit-si-turnrelay.jitsi.net:443' }
        ]
    },

    analytics: {
        // Matomo:
        // matomoEndpoint: 'https://your-matomo-endpoint/',
        // matomoSiteID: '42',

        // Where reports about connections go.
        // rtcstatsEndpoint: wss://rtcstats.example.com/,

        // Scripts of one's own.
        // scriptURLs: [
        //      "libs/analytics-ga.min.js", // Google
        //      "https://example.com/my-custom-analytics.js"
        // ],
    },

    // Which server this is, for those who run several.
    deploymentInfo: {
        // shard: "shard1",
        // region: "europe"
    },

    // Whether the pages that offer the app are left out.
    // disableDeepLinking: false,

    /**
     Where a branding of its own comes from. What is missing in it keeps its default:
     {
         // The domain of invitations
         inviteDomain: 'example-company.org,
         // Where the logo leads
         logoClickUrl: 'https://example-company.org',
         // The logo
         logoImageUrl: 'https://example.com/logo-img.png'
     }
    */
    // dynamicBrandingUrl: '',

    // How much of the background is seen, 0 to 1.
    // backgroundAlpha: 1,

    // What the room is called.
    // subject: 'Conference Subject',

    // More that nobody wrote about
    /**
     _immediateReloadThreshold
     debug
     deploymentInfo
     displayJids
     requireDisplayName
     */

    // Which notices are shown; all if unset.
    // notifications: [
    //     'connection.CONNFAIL', // the connection failed,
    //     'dialog.cameraNotSendingData', // there's no picture from one's camera
    //     'toolbar.noAudioSignalTitle' // there's no sound from one's microphone
    // ]

    // The last key stays last, so that every one above may end in a comma.
    makeJsonParserHappy: 'even if last key had a trailing comma'

    // nothing goes below this line.
};

/* eslint-enable no-unused-vars, no-var */
