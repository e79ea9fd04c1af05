//! Every real version under `../shared/upstream` before branding, compared with what a person found in its files.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use rebrand::audit::{Remedy, Seen};
use rebrand::catalogue::{page_seen, shipped_on};
use rebrand::digest::Digest;

use crate::skip::skip;
use crate::{Site, one};

/// What is left in every version: where, and the place.
const ALWAYS: [(Seen, &str); 18] = [
    (Seen::Tab, "interface_config.js `APP_NAME`"),
    (Seen::Tab, "title.html `link[rel=icon]`"),
    (Seen::Tab, "title.html `title`"),
    (Seen::LinkPreview, "title.html `meta[description]`"),
    (Seen::LinkPreview, "title.html `meta[itemprop=description]`"),
    (Seen::LinkPreview, "title.html `meta[itemprop=image]`"),
    (Seen::LinkPreview, "title.html `meta[itemprop=name]`"),
    (Seen::LinkPreview, "title.html `meta[property=og:description]`"),
    (Seen::LinkPreview, "title.html `meta[property=og:image]`"),
    (Seen::LinkPreview, "title.html `meta[property=og:title]`"),
    (Seen::Link, "interface_config.js `JITSI_WATERMARK_LINK`"),
    // Of every version but the oldest.
    (Seen::InstalledApp, "images/apple-touch-icon.png"),
    (Seen::Invitation, "interface_config.js `PROVIDER_NAME`"),
    (Seen::PhonePage, "images/logo-deep-linking.png"),
    (Seen::Link, "interface_config.js `SUPPORT_URL`"),
    (Seen::Translation, "English `calendarSync.confirmAddLink`"),
    (Seen::Translation, "English `incomingCall.productLabel`"),
    (Seen::Translation, "English `notify.oldElectronClientDescription1`"),
];

/// What `manifest.json` says.
const MANIFEST: [(Seen, &str); 6] = [
    (Seen::InstalledApp, "manifest.json `icons[0].src`"),
    (Seen::InstalledApp, "manifest.json `icons[1].src`"),
    (Seen::InstalledApp, "manifest.json `icons[2].src`"),
    (Seen::InstalledApp, "manifest.json `name`"),
    (Seen::InstalledApp, "manifest.json `related_applications`"),
    (Seen::InstalledApp, "manifest.json `short_name`"),
];

const HOST: &str = "meet.example.org";

/// What else is left in `version`.
fn further(version: &str) -> Vec<(Seen, String)> {
    let config = |key: &str| format!("config.js `{key}` of {HOST} (unset)");
    let interface_config = |key: &str| format!("interface_config.js `{key}`");
    let mut found = Vec::new();
    match version {
        "2017-08" | "2020-04" => {
            found.push((Seen::WelcomePage, "images/watermark.png".to_owned()));
            found.push((Seen::Meeting, "images/watermark.png".to_owned()));
        }
        "2020-08" | "2021-06" | "2022-08" => {
            found.push((Seen::WelcomePage, interface_config("DEFAULT_WELCOME_PAGE_LOGO_URL")));
            found.push((Seen::Meeting, interface_config("DEFAULT_LOGO_URL")));
        }
        _ => {
            found.push((Seen::WelcomePage, interface_config("DEFAULT_WELCOME_PAGE_LOGO_URL")));
            found.push((Seen::Meeting, config("defaultLogoUrl")));
            found.push((Seen::PhonePage, "images/logo-deep-linking-mobile.png".to_owned()));
            let devices = ["desktop", "android", "ios"];
            found.extend(
                devices.map(|device| (Seen::PhonePage, config(&format!("deeplinking.{device}.appName")))),
            );
        }
    }
    if version < "2021-11" {
        found.push((Seen::Meeting, interface_config("DEFAULT_REMOTE_DISPLAY_NAME")));
        found.push((Seen::Link, interface_config("LIVE_STREAMING_HELP_LINK")));
    } else {
        found.push((Seen::Meeting, config("defaultRemoteDisplayName")));
    }
    if ("2018-05".."2022-12").contains(&version) {
        found.push((Seen::PhonePage, interface_config("NATIVE_APP_NAME")));
    }
    if version >= "2021" {
        found.extend(MANIFEST.map(|(seen, place)| (seen, place.to_owned())));
        let words = ["headerTitle", "jitsiOnMobile"].map(|key| format!("English `welcomepage.{key}`"));
        found.extend(words.map(|place| (Seen::Translation, place)));
    }
    if version >= "2021" {
        let switch = if version < "2022-12" { "disableDeepLinking" } else { "deeplinking.disabled" };
        found.push((Seen::PhonePage, config(switch)));
        found.push((Seen::WelcomePage, interface_config("DISPLAY_WELCOME_FOOTER")));
    }
    if version >= "2022" {
        found.push((Seen::Translation, "English `welcomepage.logo.logoDeepLinking`".to_owned()));
    }
    if version == "2026-08" {
        found.push((Seen::WelcomePage, "images/welcome-background.png".to_owned()));
        found.push((Seen::OtherPage, "static/secondScreen.html `title`".to_owned()));
    }
    found.extend(translations(version).into_iter().map(|place| (Seen::Translation, place)));
    found
}

fn translations(version: &str) -> Vec<String> {
    let languages: &[&str] = match version {
        "2021-06" => &["de", "fr", "nl"],
        "2026-08" => &["de", "fr", "nl", "pt-BR"],
        _ => &[],
    };
    let keys = [
        "calendarSync.confirmAddLink",
        "incomingCall.productLabel",
        "notify.oldElectronClientDescription1",
        "welcomepage.headerTitle",
        "welcomepage.jitsiOnMobile",
    ];
    let newest = (version == "2026-08").then_some("welcomepage.logo.logoDeepLinking");
    let keys: Vec<&str> = keys.into_iter().chain(newest).collect();
    let pairs = languages.iter().flat_map(|language| keys.iter().map(move |key| (language, key)));
    pairs.map(|(language, key)| format!("lang/main-{language}.json `{key}`")).collect()
}

fn wanted(version: &str) -> Vec<(Seen, String)> {
    let always = if version == "2017-08" { &ALWAYS[..11] } else { &ALWAYS };
    let mut wanted: Vec<_> = always.iter().map(|(seen, place)| (*seen, (*place).to_owned())).collect();
    wanted.extend(further(version));
    wanted.sort();
    wanted
}

#[test]
fn every_version_is_left_as_upstream_ships_it() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/upstream");
    let Ok(entries) = fs::read_dir(&folder) else {
        return skip(format_args!("`{}` is not there", folder.display()));
    };
    for version in entries.map(|entry| entry.unwrap().path()) {
        let name = version.file_name().unwrap().to_str().unwrap().to_owned();
        let left = site(&version).left();
        let found: Vec<_> = left.iter().map(|left| (left.seen, left.place.clone())).collect();
        assert_eq!(found, wanted(&name), "{name}");
        for left in &left {
            let is_compiled_in = left.place.starts_with("English") && name.as_str() < "2022-03";
            assert_eq!(matches!(left.remedy, Remedy::Bundle(_)), is_compiled_in, "{name} {left:?}");
            assert!(is_compiled_in || matches!(left.remedy, Remedy::Wish(_)), "{name} {left:?}");
        }
    }
}

/// The version as its package installs it.
fn site(version: &Path) -> Site {
    let text = |name: &str| fs::read_to_string(version.join(name)).ok();
    let interface_config = text("interface_config.js").unwrap();
    let day = shipped_on(&Digest::of(interface_config.as_bytes())).unwrap().date.to_string();
    let names = files(version).into_iter();
    let pages = names.clone().filter(|name| page_seen(name).is_some());
    let language = |name: &String| name.strip_prefix("lang/main-")?.strip_suffix(".json").map(str::to_owned);
    Site {
        interface_config,
        hosts: one(HOST, &text("config.js").unwrap().replace("jitsi-meet.example.com", HOST)),
        manifest: text("manifest.json"),
        pages: pages.filter_map(|name| Some((name.clone(), text(&name)?))).collect(),
        languages: names.clone().filter_map(|name| Some((language(&name)?, text(&name)?))).collect(),
        english: text("lang/main.json"),
        labels: BTreeMap::new(),
        files: names.map(|name| (name, true)).collect(),
        day: Some(day.leak()),
    }
}

/// Every file of the version, by its name below it.
fn files(version: &Path) -> Vec<String> {
    let mut ahead: Vec<PathBuf> = vec![version.to_owned()];
    let mut found = Vec::new();
    while let Some(folder) = ahead.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                ahead.push(path);
            } else {
                found.push(path.strip_prefix(version).unwrap().to_str().unwrap().to_owned());
            }
        }
    }
    found
}
