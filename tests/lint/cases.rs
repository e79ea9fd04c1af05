//! Every known mistake as it is made, and as it is only nearly made.

use std::collections::BTreeSet;

use rebrand::catalogue::ConfigFile::{Config, InterfaceConfig};
use rebrand::catalogue::lints;

use crate::{Files, site};

/// The mistake, whether it is made, and where.
type Case = (&'static str, bool, Files);

#[test]
fn each_is_told_where_it_is_made_and_nowhere_else() {
    for (id, is_made, files) in cases() {
        let ids = files.ids();
        assert_eq!(ids.iter().any(|found| found == id), is_made, "{id} among {ids:?}\n{files:#?}");
    }
}

#[test]
fn every_known_mistake_has_a_case_of_either_kind() {
    let cases = cases();
    let covered: BTreeSet<(&str, bool)> = cases.iter().map(|(id, is_made, _)| (*id, *is_made)).collect();
    for lint in lints() {
        for is_made in [true, false] {
            assert!(covered.contains(&(lint.id.as_str(), is_made)), "{}: no case that is {is_made}", lint.id);
        }
    }
    assert!(covered.iter().all(|(id, _)| lints().iter().any(|lint| lint.id == *id)), "a case of no lint");
}

fn cases() -> Vec<Case> {
    [phones(), names(), logos(), switched_off(), dead(), moved(), texts(), scripts(), objects(), statements()]
        .concat()
}

fn phones() -> Vec<Case> {
    let (lockout, name) = ("mobile-promo-lockout", "app-name-left-in-deeplinking");
    let off = "MOBILE_APP_PROMO: false";
    let own = "APP_NAME: 'Ours'";
    vec![
        (lockout, true, site(off, "")),
        (lockout, true, site(off, "deeplinking: { disabled: false }, disableDeepLinking: true")),
        (lockout, false, site(off, "deeplinking: { disabled: true }")),
        (lockout, false, site(off, "disableDeepLinking: true")),
        (lockout, false, site("MOBILE_APP_PROMO: true", "")),
        (name, true, site(own, "")),
        (name, true, site(own, "deeplinking: { android: { appName: 'Ours' } }")),
        (name, false, site(own, "deeplinking: { android: { appName: 'Ours' }, ios: { appName: 'Ours' } }")),
        (name, false, site(own, "deeplinking: { disabled: true }")),
        (name, false, site(own, "disableDeepLinking: true")),
        (name, false, site("APP_NAME: 'Ours', NATIVE_APP_NAME: 'Ours'", "")),
        (name, false, site("APP_NAME: 'Jitsi Meet'", "")),
        (name, false, site(own, "").on("2021-06-08")),
    ]
}

fn names() -> Vec<Case> {
    let (remote, local, half) = ("remote-name-empty", "local-name-empty", "local-name-half");
    let (title, page) = ("app-name-left-in-title", "<title>Jitsi Meet</title>");
    let old = "DEFAULT_LOCAL_DISPLAY_NAME: 'me'";
    vec![
        (remote, true, site("", "defaultRemoteDisplayName: ''")),
        (remote, true, site("DEFAULT_REMOTE_DISPLAY_NAME: ''", "")),
        (remote, false, site("DEFAULT_REMOTE_DISPLAY_NAME: ''", "defaultRemoteDisplayName: 'guest'")),
        (local, true, site("", "defaultLocalDisplayName: ''")),
        (local, false, site("DEFAULT_LOCAL_DISPLAY_NAME: 'I'", "defaultLocalDisplayName: 'I'")),
        (half, true, site("", "defaultLocalDisplayName: 'myself'")),
        (half, true, site(old, "defaultLocalDisplayName: 'myself'").shipped(old)),
        (half, false, site("DEFAULT_LOCAL_DISPLAY_NAME: 'I'", "defaultLocalDisplayName: 'I'")),
        (half, false, site("", "").config("var config = {\n    // defaultLocalDisplayName: 'me',\n};")),
        (half, false, site(old, "defaultLocalDisplayName: 'myself'").shipped(old).on("2021-06-08")),
        (title, true, site("APP_NAME: 'Ours'", "").title(page)),
        (title, false, site("APP_NAME: 'Our Jitsi Meet'", "").title("<title>Our Jitsi Meet</title>")),
        (title, false, site("APP_NAME: 'Ours'", "").title("<title>Ours</title>")),
        (title, false, site("", "").title(page)),
    ]
}

fn logos() -> Vec<Case> {
    let (second, picture) = ("brand-watermark-image", "images/rightwatermark.png");
    let (shown, left) = ("watermark-welcome", "welcome-logo-left");
    let (dynamic, unsafe_, link) =
        ("dynamic-branding-overrides-logo", "logo-css-unsafe", "link-without-scheme");
    let stock = "DEFAULT_WELCOME_PAGE_LOGO_URL: 'images/watermark.svg'";
    let logo = "defaultLogoUrl: 'images/ours.svg'";
    let branding = "dynamicBrandingUrl: 'https://example.org/branding.json'";
    vec![
        (second, true, site("SHOW_BRAND_WATERMARK: true", "").missing(picture)),
        (second, false, site("SHOW_BRAND_WATERMARK: true", "")),
        (second, false, site("SHOW_BRAND_WATERMARK: false", "").missing(picture)),
        (shown, true, site("SHOW_JITSI_WATERMARK: false", "")),
        (shown, false, site("SHOW_JITSI_WATERMARK: false", "enableWelcomePage: false")),
        (shown, false, site("SHOW_JITSI_WATERMARK: true", "")),
        (left, true, site(stock, logo).shipped(stock)),
        (
            left,
            true,
            site(&format!("{stock}, DEFAULT_LOGO_URL: 'o.svg'"), "").shipped(stock).on("2021-06-08"),
        ),
        (left, false, site("DEFAULT_WELCOME_PAGE_LOGO_URL: 'images/ours.svg'", logo).shipped(stock)),
        (left, false, site(stock, "defaultLogoUrl: 'images/watermark.svg'").shipped(stock)),
        (left, false, site(stock, &format!("{logo}, welcomePage: {{ disabled: true }}")).shipped(stock)),
        (left, false, site(stock, logo).shipped(stock).on("2021-06-08")),
        (left, false, {
            let own = "DEFAULT_WELCOME_PAGE_LOGO_URL: 'images/by-hand.svg'";
            site(own, logo).shipped(own)
        }),
        (dynamic, true, site("", &format!("{branding}, {logo}"))),
        (dynamic, true, site("JITSI_WATERMARK_LINK: 'https://example.org/'", branding)),
        (
            dynamic,
            false,
            site("JITSI_WATERMARK_LINK: 'https://jitsi.org'", branding)
                .shipped("JITSI_WATERMARK_LINK: 'https://jitsi.org'"),
        ),
        (dynamic, false, site("", &format!("dynamicBrandingUrl: '', {logo}"))),
        (unsafe_, true, site("", "defaultLogoUrl: 'images/our logo.svg'")),
        (unsafe_, true, site("DEFAULT_WELCOME_PAGE_LOGO_URL: \"images/it's.svg\"", "")),
        (unsafe_, false, site(stock, "defaultLogoUrl: 'images/our%20logo.svg?v=1&w=%27'")),
        (link, true, site("JITSI_WATERMARK_LINK: 'www.example.org'", "")),
        (link, true, site("SUPPORT_URL: 'example.org:8443/help'", "")),
        (link, false, site("JITSI_WATERMARK_LINK: 'HTTPS://example.org', BRAND_WATERMARK_LINK: ''", "")),
        (link, false, site("SUPPORT_URL: 'tel:+4930123', JITSI_WATERMARK_LINK: '/'", "")),
    ]
}

fn switched_off() -> Vec<Case> {
    let (deep, shadow) = ("deeplinking-shadows-legacy", "connection-indicators-shadow");
    let (native, hide) = ("NATIVE_APP_NAME: 'Ours'", "deeplinking: { hideLogo: true }");
    let all = "deeplinking: { desktop: { appName: 'Ours' }, android: { appName: 'Ours' }, ios: { appName: 'Ours' } }";
    let indicators = "CONNECTION_INDICATOR_DISABLED: true";
    let stock_indicators = "CONNECTION_INDICATOR_DISABLED: false";
    vec![
        (deep, true, site(native, hide)),
        (deep, false, site(native, all)),
        (deep, false, site("NATIVE_APP_NAME: 'Jitsi Meet'", hide).shipped("NATIVE_APP_NAME: 'Jitsi Meet'")),
        (deep, false, site(native, "")),
        (deep, false, site(native, hide).on("2022-08-01")),
        (shadow, true, site(indicators, "connectionIndicators: { autoHide: false }")),
        (shadow, false, site(indicators, "connectionIndicators: { disabled: true }")),
        (
            shadow,
            false,
            site(stock_indicators, "connectionIndicators: { autoHide: false }").shipped(stock_indicators),
        ),
    ]
}

fn dead() -> Vec<Case> {
    let (dead, help) = ("dead-key", "live-stream-help-dead");
    vec![
        (help, true, site("LIVE_STREAMING_HELP_LINK: 'https://example.org'", "")),
        (help, false, site("LIVE_STREAMING_HELP_LINK: 'https://example.org'", "").on("2022-01-01")),
        (
            help,
            false,
            site("", "").interface_config(
                "var interfaceConfig = { LIVE_STREAMING_HELP_LINK: 'https://jitsi.org/live' };",
            ),
        ),
        (dead, true, site("HIDE_INVITE_MORE_HEADER: true", "").shipped("HIDE_INVITE_MORE_HEADER: false")),
        (dead, true, site("", "").config("var config = { useNicks: true };")),
        (dead, true, site("", "useNicks: true").baseless()),
        (dead, true, site("", "useNicks: false").based("useNicks: false").wishing(Config, "useNicks", false)),
        (
            dead,
            false,
            site("", "").interface_config(
                "var interfaceConfig = { HIDE_INVITE_MORE_HEADER: false, POLICY_LOGO: null };",
            ),
        ),
        (
            dead,
            false,
            site("", "").config(
                "var config = { useNicks: false, desktopSharingChromeSources: ['screen', 'window'] };",
            ),
        ),
        (dead, false, site("HIDE_INVITE_MORE_HEADER: true", "").on("2021-06-08")),
        (dead, false, site("", "deeplinking: {}").undated()),
        (dead, false, site("", "autoRecord: true, autoRecordToken: 'ours'").on("2016-06-01")),
        (dead, false, site("", "autoRecord: true, autoRecordToken: 'ours'").on("2017-12-12")),
        (dead, true, site("", "autoRecord: true, autoRecordToken: 'ours'").on("2018-05-16")),
        (dead, false, site("CANVAS_EXTRA: 50, SHADOW_COLOR: '#000000'", "").on("2015-06-01")),
        (dead, true, site("CANVAS_EXTRA: 50, SHADOW_COLOR: '#000000'", "").on("2016-09-29")),
    ]
}

const P2P: &str =
    "enableP2P: false, backToP2PDelay: 9, p2pStunServers: [ { urls: 'stun:stun.example.org' } ]";

fn moved() -> Vec<Case> {
    let (beaten, ignored, renamed) = ("legacy-beats-new", "new-beats-legacy", "not-translated");
    vec![
        (beaten, true, site("", "transcribingEnabled: false, transcription: { enabled: true }")),
        (beaten, false, site("", "transcribingEnabled: true, transcription: { enabled: true }")),
        (beaten, false, site("", "transcription: { enabled: true }")),
        (
            beaten,
            false,
            site("", "transcribingEnabled: false, transcription: { enabled: true }").on("2021-06-08"),
        ),
        (ignored, true, site("DEFAULT_REMOTE_DISPLAY_NAME: 'one'", "defaultRemoteDisplayName: 'other'")),
        (ignored, true, site("", "enableWelcomePage: false, welcomePage: { disabled: false }")),
        (ignored, false, site("", "enableWelcomePage: false, welcomePage: { disabled: true }")),
        (
            ignored,
            false,
            site("", "enableWelcomePage: true, welcomePage: { disabled: true }")
                .based("enableWelcomePage: true"),
        ),
        (ignored, false, site("DEFAULT_REMOTE_DISPLAY_NAME: 'one'", "defaultRemoteDisplayName: 'one'")),
        (renamed, true, site("", "prejoinPageEnabled: false")),
        (renamed, false, site("", "prejoinPageEnabled: false, prejoinConfig: { enabled: true }")),
        (renamed, false, site("", "prejoinPageEnabled: false").on("2021-06-08")),
        // The layer that translates old names knew these for some years after they moved.
        (renamed, false, site("", "prejoinPageEnabled: false").on("2022-03-01")),
        (renamed, false, site("", "prejoinPageEnabled: false").on("2025-06-01")),
        (renamed, true, site("", "prejoinPageEnabled: false").on("2025-08-19")),
        (renamed, false, site("MOBILE_DYNAMIC_LINK: { APN: 'org.ours' }", "").on("2023-06-01")),
        (renamed, false, site("MOBILE_DYNAMIC_LINK: { APN: 'org.ours' }", "").on("2025-01-16")),
        (renamed, true, site("MOBILE_DYNAMIC_LINK: { APN: 'org.ours' }", "").on("2025-05-28")),
        (renamed, false, site("", "analyticsScriptUrls: [ 'libs/ours.js' ]").on("2019-08-01")),
        (renamed, false, site("", "analyticsScriptUrls: [ 'libs/ours.js' ]").on("2021-04-01")),
        (renamed, true, site("", "analyticsScriptUrls: [ 'libs/ours.js' ]").on("2021-04-22")),
        (renamed, false, site("", P2P).on("2017-08-01")),
        (renamed, false, site("", P2P).on("2019-01-10")),
        (renamed, true, site("", P2P).on("2019-07-25")),
        // The library honours these beside their successors to this day.
        (renamed, false, site("", "videoQuality: { preferredCodec: 'VP9' }, testing: { disableE2EE: true }")),
        (renamed, false, site("", "").config("var config = { startAudioOnly: false, enableP2P: true };")),
    ]
}

fn texts() -> Vec<Case> {
    let (comment, script) = ("comment-only-edit", "script-breakout");
    let markup = "DISPLAY: '</script><b>'";
    let logo =
        |source: &str| site("", "").config(source).wishing(Config, "defaultLogoUrl", "images/ours.svg");
    vec![
        (comment, true, logo("var config = {\n    // defaultLogoUrl: 'images/ours.svg',\n    a: 1\n};")),
        (
            comment,
            false,
            logo("var config = {\n    // such as images/ours.svg\n    defaultLogoUrl: 'images/ours.svg'\n};"),
        ),
        (comment, false, logo("var config = {\n    // images/ours.svg\n    other: 'images/ours.svg'\n};")),
        (
            comment,
            false,
            logo("var config = {\n    // Beware of images/ours.svg, it is large.\n    a: 1\n};"),
        ),
        (comment, false, logo("var config = {};")),
        (script, true, site(markup, "").wishing(InterfaceConfig, "DISPLAY", "</script><b>")),
        (
            script,
            false,
            site("DISPLAY: '<\\/script><b>'", "").wishing(InterfaceConfig, "DISPLAY", "</script><b>"),
        ),
        (
            script,
            false,
            site("", "")
                .config("var config = { a: '<!--# echo var=\"x\" -->' };")
                .wishing(Config, "a", "<!-- b"),
        ),
    ]
}

/// Whoever wrote it: HTML knows nothing of strings and comments.
fn scripts() -> Vec<Case> {
    let leak = "script-breakout";
    let config = |source: &str| site("", "").config(source);
    let stops = "stops-when-run";
    vec![
        (stops, true, config("var config = { a: True };")),
        (stops, true, config("config.a = 1; var config = {};")),
        (stops, false, config("var config = { a: true };")),
        (stops, false, config("var config = { a: typeof True === 'undefined' ? 1 : True };")),
        (leak, true, site("DISPLAY: '</script><b>'", "")),
        (leak, true, config("var config = {};\n// see <script src=\"x\"></SCRIPT >\n")),
        (leak, true, config("/* </script\n*/ var config = {};")),
        (leak, true, config("var config = {}; // </script")),
        (leak, true, config("var a = '<!--'; var config = {}; // <Script>")),
        (leak, true, config("var a = '<!--'; var config = {}; // <script></script> <script/>")),
        (leak, true, config("var a = '<!--<script></script></script>'; var config = {};")),
        (leak, false, config("var config = {}; // <script src=\"x\"> <scripts </scripts> < /script>")),
        (leak, false, config("var a = '<!--'; var config = {}; // <scripts>")),
        (leak, false, config("var a = '<!--'; var config = {}; // <script></script>")),
        (leak, false, config("var a = '<!-- -->'; var config = {}; // <script>")),
        (leak, false, config("var a = '<!-- <script> -->'; var config = {};")),
        (leak, false, config("var a = '<!-->'; var config = {}; // <script>")),
        (leak, false, config("var a = '<!--# echo var=\"<script>\" -->'; var config = {}; // <script>")),
        (leak, false, config("var config = { a: '\\x3Cscript>\\x3C/script>' };")),
    ]
}

fn objects() -> Vec<Case> {
    let (sections, again) = ("settings-sections-missing", "overlay-redeclares");
    let stock = "SETTINGS_SECTIONS: [ 'devices' ]";
    vec![
        (sections, true, site("", "").shipped(stock)),
        (sections, false, site(stock, "").shipped(stock)),
        (sections, false, site("", "")),
        (
            again,
            true,
            site("", "")
                .interface_config("var interfaceConfig = { A: 1, B: 2 };\nvar interfaceConfig = { A: 2 };"),
        ),
        (again, true, site("", "").config("var config = { a: 1 };\nconfig = { b: 1 };")),
        (
            again,
            false,
            site("", "").config("var config = { a: 1 };\nvar config = config || {};\nconfig.b = 1;"),
        ),
        (again, false, site("", "").config("var config = {};\nconfig = { b: 1 };")),
        (again, false, site("", "").config("var config = { a: 1 };\nconfig = { ...config, b: 1 };")),
        (again, false, site("", "").config("var config = { a: 1 };\nif (x) { config = { b: 1 }; }")),
    ]
}

fn statements() -> Vec<Case> {
    let late = "late-assignment";
    vec![
        (
            late,
            true,
            site("", "")
                .config("var config = { defaultLogoUrl: 'ours' };\nconfig.defaultLogoUrl = 'theirs';"),
        ),
        (
            late,
            true,
            site("", "").config("var config = { p2p: { enabled: false } };\nconfig.p2p.enabled = true;"),
        ),
        (
            late,
            false,
            site("", "").config("var config = { p2p: { enabled: true } };\nconfig.p2p.enabled = false;"),
        ),
        (
            late,
            false,
            site("", "").config("var config = { defaultLogoUrl: 'a' };\nif (x) config.defaultLogoUrl = 'b';"),
        ),
        (late, false, site("", "").config("var config = { a: 1 };\nconfig.defaultLogoUrl = 'ours';")),
        (
            late,
            false,
            site("", "")
                .config("var config = { defaultLogoUrl: 'a' };\nconfig.defaultLogoUrl = 'b';")
                .wishing(Config, "defaultLogoUrl", "b"),
        ),
    ]
}
