//! What is left of upstream on small sites written by hand, on branded stand-ins, and on every real version.
//!
//! A small site is branded in every place; each test plants one thing, and nothing else may be found.

// Helpers of tests may fail as tests do; clippy's own exception ends at `#[test]`.
#![allow(clippy::unwrap_used, clippy::panic)]

mod branded;
mod keys;
mod languages;
mod pages;
mod pictures;
#[path = "../skip/mod.rs"]
mod skip;
mod upstream;
#[path = "../world/mod.rs"]
mod world;

use std::collections::BTreeMap;

use rebrand::audit::{Left, Remedy, Subject, audit};
use rebrand::js::{Dialect, Document};
use rebrand::markup::Markup;
use rebrand::text::Text;

const HOST: &str = "jitsi.example.org";

const INTERFACE_CONFIG: &str = "// Jitsi Meet
var interfaceConfig = {
    // DEFAULT_REMOTE_DISPLAY_NAME: 'Fellow Jitster',
    APP_NAME: 'Public Code Meet', // for Jitsi Meet
    CLOSE_PAGE_GUEST_HINT: false,
    DEFAULT_LOCAL_DISPLAY_NAME: 'me',
    DEFAULT_WELCOME_PAGE_LOGO_URL: 'images/rebrand/logo.svg',
    JITSI_WATERMARK_LINK: 'https://publiccode.net/',
    MOBILE_DOWNLOAD_LINK_ANDROID: 'https://publiccode.net/app',
    MOBILE_DOWNLOAD_LINK_F_DROID: 'https://publiccode.net/app',
    MOBILE_DOWNLOAD_LINK_IOS: 'https://publiccode.net/app',
    PROVIDER_NAME: 'Foundation for Public Code',
    SHOW_JITSI_WATERMARK: true,
    SHOW_POWERED_BY: false,
    SUPPORT_URL: 'https://jitsi.example.org/help'
};
";

const CONFIG: &str = "var config = {
    hosts: { domain: 'jitsi.example.org', muc: 'conference.jitsi.example.org' },
    bosh: '//jitsi.example.org/http-bind',
    websocket: 'wss://jitsi.example.org/xmpp-websocket',
    clientNode: 'http://jitsi.org/jitsimeet',
    // helpLink: 'https://jitsi.org/live'
    defaultLogoUrl: 'images/rebrand/logo.svg',
    defaultRemoteDisplayName: 'fellow Public Coder',
    deeplinking: {
        desktop: { appName: 'Public Code Meet', appScheme: 'jitsi-meet' },
        android: { appName: 'Public Code Meet', appScheme: 'org.jitsi.meet', appPackage: 'org.jitsi.meet',
            downloadLink: 'https://publiccode.net/app', fDroidUrl: 'https://publiccode.net/app' },
        ios: { appName: 'Public Code Meet', appScheme: 'org.jitsi.meet', downloadLink: 'https://publiccode.net/app' }
    }
};
";

const MANIFEST: &str = r#"{
  "android_package_name": "org.jitsi.meet",
  "prefer_related_applications": false,
  "related_applications": [],
  "short_name": "Public Code",
  "name": "Public Code Meet",
  "icons": [
    { "src": "images/rebrand/icon-192.png", "sizes": "192x192", "type": "image/png" },
    { "src": "images/rebrand/icon-mask.png", "sizes": "512x512", "purpose": "maskable" }
  ]
}
"#;

const TITLE: &str = "<!-- Jitsi Meet -->
<title>Public Code Meet</title>
<meta property=\"og:title\" content=\"Public Code Meet\"/>
<meta property=\"og:image\" content=\"https://jitsi.example.org/images/rebrand/jitsi-social.png\"/>
<meta property=\"og:url\" content=\"https://jitsi.example.org/\"/>
<meta description=\"Public Code Meet\"/>
<meta itemprop=\"image\" content=\"https://<!--# echo var=\"http_host\" default=\"jitsi\" -->/images/rebrand/social.png\"/>
<link rel=\"icon\" href=\"images/rebrand/icon.svg?v=1\">
";

const CLOSE: &str = "<!DOCTYPE html>
<html><head>
    <!--#include virtual=\"/jitsi-title.html\" -->
    <meta name=\"jitsi-second-screen\" content=\"1\">
    <script>var jitsi = 'Jitsi Meet';</script>
    <style>.jitsi { color: red }</style>
</head><body class=\"jitsi\">
    <!-- Jitsi Meet -->
    <p id=\"jitsi\">Good <b>bye</b>. <a href=\"https://publiccode.net/jitsi\">Home</a></p>
    <img src=\"/images/jitsi.png\" alt=\"logo\">
</body></html>
";

const GERMAN: &str = r#"{
    "calendarSync": { "confirmAddLink": "Einen Link hinzufügen?" },
    "dialog": { "tokenAuthFailedReason": { "audInvalid": "Erwartet wird `jitsi`." } },
    "lobby": { "jitsiHome": "{{logo}} Logo" },
    "welcomepage": { "headerTitle": "Treffpunkt" }
}
"#;

const ENGLISH: &str =
    r#"{ "welcomepage": { "headerTitle": "Public Code Meet", "jitsiOnMobile": "On mobile" } }"#;

/// A site as text.
#[derive(Clone)]
pub(crate) struct Site {
    pub(crate) interface_config: String,
    pub(crate) hosts: BTreeMap<String, String>,
    pub(crate) manifest: Option<String>,
    pub(crate) pages: BTreeMap<String, String>,
    pub(crate) languages: BTreeMap<String, String>,
    pub(crate) english: Option<String>,
    pub(crate) labels: BTreeMap<String, String>,
    /// Files, and whether they are upstream's.
    pub(crate) files: BTreeMap<String, bool>,
    pub(crate) day: Option<&'static str>,
}

impl Site {
    /// A site of 2026 that is branded in every place, with everything that does not count.
    pub(crate) fn branded() -> Self {
        Site {
            interface_config: INTERFACE_CONFIG.to_owned(),
            hosts: one(HOST, CONFIG),
            manifest: Some(MANIFEST.to_owned()),
            pages: one("title.html", TITLE).into_iter().chain(one("static/close.html", CLOSE)).collect(),
            languages: one("de", GERMAN),
            english: Some(ENGLISH.to_owned()),
            labels: BTreeMap::new(),
            files: ["images/watermark.svg", "images/favicon.svg", "images/jitsilogo.png"]
                .map(|name| (name.to_owned(), true))
                .into(),
            day: Some("2026-05-05"),
        }
    }

    /// The site with `new` for `old` in its texts, which must be in one of them.
    pub(crate) fn with(mut self, old: &str, new: &str) -> Self {
        let before = self.texts();
        for text in [&mut self.interface_config]
            .into_iter()
            .chain(self.hosts.values_mut())
            .chain(&mut self.manifest)
            .chain(self.pages.values_mut())
            .chain(self.languages.values_mut())
            .chain(&mut self.english)
        {
            *text = text.replace(old, new);
        }
        assert_ne!(self.texts(), before, "`{old}` is in none");
        self
    }

    /// The site with a client of `day`, whose own logo is the brand's.
    pub(crate) fn on(mut self, day: &'static str) -> Self {
        self.day = Some(day);
        self.files.insert("images/watermark.svg".to_owned(), false);
        self
    }

    fn texts(&self) -> Vec<String> {
        let maps = [&self.hosts, &self.pages, &self.languages].into_iter().flat_map(BTreeMap::values);
        let single = [&self.interface_config].into_iter().chain(&self.manifest).chain(&self.english);
        single.chain(maps).cloned().collect()
    }

    /// What is left.
    pub(crate) fn left(&self) -> Vec<Left> {
        let script = |text: &str, variable| parsed(text, Dialect::Script(variable));
        let json = |text: &String| parsed(text, Dialect::Json);
        let interface_config = script(&self.interface_config, "interfaceConfig");
        let hosts: Vec<_> = self.hosts.iter().map(|(host, text)| (host, script(text, "config"))).collect();
        let manifest = self.manifest.as_ref().map(json);
        let page = |text: &String| Markup::parse(Text::from(text.as_str())).unwrap();
        let pages: Vec<_> = self.pages.iter().map(|(name, text)| (name, page(text))).collect();
        let strings = |text: &String| Document::parse(Text::from(text.as_str()), Dialect::Json).ok();
        let languages: Vec<_> = self.languages.iter().map(|(name, text)| (name, strings(text))).collect();
        let english = self.english.as_ref().map(json);
        audit(&Subject {
            interface_config: Some(&interface_config),
            hosts: hosts.iter().map(|(name, document)| (name.as_str(), document)).collect(),
            manifest: manifest.as_ref(),
            pages: pages.iter().map(|(name, page)| (name.as_str(), page)).collect(),
            languages: languages.iter().map(|(name, document)| (name.as_str(), document.as_ref())).collect(),
            english: english.as_ref(),
            labels: &|_| self.labels.clone(),
            is_upstreams: &|name| self.files.get(name).copied(),
            day: self.day.map(|day| day.parse().unwrap()),
            brand: None,
        })
    }

    /// What is left, one line each: `tab | title.html `title` | Jitsi Meet | brand.name`.
    pub(crate) fn lines(&self) -> Vec<String> {
        self.left().iter().map(line).collect()
    }
}

/// That exactly `wanted` is left.
pub(crate) fn is(site: &Site, wanted: &[&str]) {
    assert_eq!(site.lines(), wanted);
}

pub(crate) fn line(left: &Left) -> String {
    let Left { seen, place, says, remedy } = left;
    let remedy = match remedy {
        Remedy::Wish(name) => name.clone(),
        Remedy::Patch { file, path } => format!("{file} {path}"),
        Remedy::Hunk { file } => format!("hunk {file}"),
        Remedy::Bundle(_) => "bundle".to_owned(),
    };
    format!("{seen} | {place} | {says} | {remedy}")
}

pub(crate) fn one(name: &str, text: &str) -> BTreeMap<String, String> {
    [(name.to_owned(), text.to_owned())].into()
}

fn parsed(text: &str, dialect: Dialect) -> Document {
    Document::parse(Text::from(text), dialect).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn nothing_is_left_where_all_is_branded() {
    is(&Site::branded(), &[]);
}

#[test]
fn what_no_file_can_change_is_left_as_the_client_s_own() {
    let site = Site::branded().with("SHOW_POWERED_BY: false", "SHOW_POWERED_BY: true");
    is(&site, &["meetings | interface_config.js `SHOW_POWERED_BY` | powered by jitsi.org | bundle"]);
    assert!(matches!(&site.left()[0].remedy, Remedy::Bundle(reason) if reason.contains("`false`")));
}

#[test]
fn what_is_left_is_sorted_and_told_as_data() {
    let site = Site::branded().with("Public Code Meet", "Jitsi Meet");
    let left = site.left();
    assert!(left.is_sorted() && left.len() > 8, "{:#?}", site.lines());
    let json = serde_json::to_value(&left[0]).unwrap();
    assert_eq!((json["seen"].as_str(), json["remedy"]["wish"].as_str()), (Some("tab"), Some("brand.name")));
}
