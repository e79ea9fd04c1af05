//! The brand on every real version under `../shared/upstream`, judged by node where it is installed.
//!
//! Upstream's files are read from there and never copied in. Where the folder is missing, every test says so.

// Helpers of tests may fail as tests do; clippy's own exception ends at `#[test]`.
#![allow(clippy::expect_used, clippy::panic)]

mod languages;
mod lists;
mod mixes;
mod site;
#[path = "../skip/mod.rs"]
mod skip;

use std::collections::BTreeMap;

use serde_json::Value as Json;
use site::{HOSTS, Scratch, leaves, versions};

const BRAND: &str = r##"
[brand]
name     = "Public Code Meet"
provider = "Foundation for Public Code"
home     = "https://publiccode.net/"
support  = "https://publiccode.net/contact"
[people]
remote = "fellow Public Coder"
local  = "myself"
[logo]
source = "logo.svg"
show   = false
[colors]
background = "#1b1b1b"
"##;

/// The logo of these tests as every machine writes it.
const LOGO: &str = "images/rebrand/logo-9841c25ba2.svg";

/// The answer of dynamic branding, as far as it is the same for all of those versions.
const BRANDING: &str = "images/rebrand/branding-";

/// What the brand comes to in `interface_config.js` of a version, by hand from upstream's history.
fn in_interface_config(version: &str) -> BTreeMap<String, Json> {
    let mut keys = vec![
        ("APP_NAME", "Public Code Meet"),
        ("JITSI_WATERMARK_LINK", "https://publiccode.net/"),
        ("SUPPORT_URL", "https://publiccode.net/contact"),
        ("DEFAULT_LOCAL_DISPLAY_NAME", "myself"),
        ("DEFAULT_BACKGROUND", "#1b1b1b"),
    ];
    if version >= "2019-03" {
        keys.push(("PROVIDER_NAME", "Foundation for Public Code"));
    }
    if ("2018-05".."2022-12").contains(&version) {
        keys.push(("NATIVE_APP_NAME", "Public Code Meet"));
    }
    if version < "2021-11" {
        keys.push(("DEFAULT_REMOTE_DISPLAY_NAME", "fellow Public Coder"));
    }
    if ("2020-06".."2022-09").contains(&version) {
        keys.push(("DEFAULT_LOGO_URL", LOGO));
    }
    if version >= "2020-08" {
        keys.push(("DEFAULT_WELCOME_PAGE_LOGO_URL", LOGO));
    }
    let mut keys: BTreeMap<String, Json> =
        keys.into_iter().map(|(key, value)| (key.to_owned(), Json::from(value))).collect();
    keys.insert("SHOW_JITSI_WATERMARK".to_owned(), Json::from(false));
    keys
}

/// The same for every host's `config.js`.
fn in_config(version: &str) -> BTreeMap<String, Json> {
    let mut keys = BTreeMap::new();
    if version >= "2021-12" {
        keys.insert("defaultRemoteDisplayName".to_owned(), Json::from("fellow Public Coder"));
        keys.insert("defaultLocalDisplayName".to_owned(), Json::from("myself"));
    }
    if version >= "2022-09" {
        keys.insert("defaultLogoUrl".to_owned(), Json::from(LOGO));
    }
    if version >= "2022-12" {
        let app = serde_json::json!({ "appName": "Public Code Meet" });
        let apps = ["desktop", "android", "ios"].map(|kind| (kind.to_owned(), app.clone()));
        keys.insert("deeplinking".to_owned(), Json::Object(apps.into_iter().collect()));
    }
    if version >= "2022-03" {
        keys.insert("dynamicBrandingUrl".to_owned(), Json::from(BRANDING));
    }
    keys
}

/// The wishes for which a version has no place.
fn not_here(version: &str) -> Vec<&'static str> {
    let mut wishes = Vec::new();
    if version < "2019-03" {
        wishes.push("brand.provider");
    }
    wishes
}

/// Applies the brand to a scratch site and holds everything that is promised of it.
fn round(
    scratch: &Scratch,
    interface_config: &BTreeMap<String, Json>,
    config: &BTreeMap<String, Json>,
    gone: &[&str],
) {
    let shipped = scratch.snapshot();
    let before = scratch.evaluated();
    let applied = scratch.run(&["apply", "--yes"]);
    assert_eq!(applied.status, 0, "{applied:?}");
    for wish in gone {
        assert!(
            applied.stderr.contains(&format!("`{wish}` is not here")),
            "{wish} is a silent no-op: {applied:?}"
        );
    }
    let warnings = applied.stderr.matches("warning:").count();
    assert_eq!(warnings, gone.len(), "no other warning is due: {}", applied.stderr);
    if let (Some(before), Some(after)) = (before, scratch.evaluated()) {
        for (file, now) in &after {
            let expected = if file.ends_with("interface_config.js") { interface_config } else { config };
            for (key, value) in expected {
                match value.as_str() {
                    Some(BRANDING) => english(scratch, now[key].as_str().expect("an address")),
                    _ => assert_eq!(now.get(key), Some(value), "{file}: {key}"),
                }
            }
            let (then, now) =
                (before[file].as_object().expect("an object"), now.as_object().expect("an object"));
            let changed: Vec<&String> = now
                .keys()
                .chain(then.keys())
                .filter(|key| now.get(*key) != then.get(*key) && !expected.contains_key(*key))
                .collect();
            assert_eq!(changed, Vec::<&String>::new(), "{file}: nothing else may differ");
        }
    }
    named(&scratch.snapshot(), &shipped);
    assert_eq!(scratch.run(&["check"]).status, 0);
    let branded = scratch.snapshot();
    let again = scratch.run(&["apply", "--yes"]);
    assert_eq!((again.status, scratch.snapshot()), (0, branded), "a second apply changes nothing");
    let restored = scratch.run(&["restore", "--yes"]);
    assert_eq!(restored.status, 0, "{restored:?}");
    assert_eq!(scratch.snapshot(), shipped, "restore gives back every byte");
}

/// What dynamic branding answers at `address`: the logo, its link, and every English string that names the product.
fn english(scratch: &Scratch, address: &str) {
    assert!(address.starts_with(BRANDING), "{address}");
    let files = scratch.snapshot();
    let json = |address: &str| -> Json {
        let bytes = &files[&format!("usr/share/jitsi-meet/{address}")];
        serde_json::from_slice(bytes).expect("strict JSON")
    };
    let branding = json(address);
    assert_eq!(branding["logoImageUrl"], LOGO);
    assert_eq!(branding["logoClickUrl"], "https://publiccode.net/");
    let labels = json(branding["labels"]["en"].as_str().expect("an address"));
    assert_eq!(labels["welcomepage"]["headerTitle"], "Public Code Meet");
    let said = leaves(&labels);
    for (key, text) in leaves(&json("lang/main.json")) {
        let names =
            text.as_str().is_some_and(|text| text.contains("Jitsi M") || key.ends_with("jitsiOnMobile"));
        assert_eq!(
            said.contains_key(&key),
            names || key == "calendarSync.confirmAddLink" || text == "Jitsi meet logo",
            "{key}"
        );
    }
}

/// No page, no translation but those kept on purpose, and not the manifest says upstream's name any more, and nothing
/// else of them changed.
fn named(branded: &BTreeMap<String, Vec<u8>>, shipped: &BTreeMap<String, Vec<u8>>) {
    let text = |bytes: &Vec<u8>| String::from_utf8(bytes.clone()).expect("UTF-8");
    for (path, before) in shipped {
        let name = path.trim_start_matches("usr/share/jitsi-meet/");
        let after = &branded[path];
        if name.strip_suffix(".html").is_some() {
            let visible = |bytes| text(bytes).replace("jitsi-second-screen", "").to_lowercase();
            assert!(
                !visible(after).contains("jitsi meet") && !visible(after).contains("videobridge"),
                "{name}"
            );
        } else if name.starts_with("lang/main-") || name == "manifest.json" {
            let [before, after]: [Json; 2] =
                [before, after].map(|bytes| serde_json::from_slice(bytes).expect("JSON"));
            let (before, after) = (leaves(&before), leaves(&after));
            for (key, value) in after.iter().filter(|_| name != "manifest.json") {
                let told = value.as_str().is_some_and(|text| text.to_lowercase().contains("jitsi m"));
                assert!(!told, "{name}: {key}");
                let was = before[key].as_str().unwrap_or("");
                assert!(*value == before[key] || was.to_lowercase().contains("jitsi"), "{name}: {key}");
            }
            assert!(before.keys().eq(after.keys()) || name == "manifest.json", "{name}");
            if name == "manifest.json" {
                assert_eq!(after["name"], "Public Code Meet");
                assert_eq!(after["short_name"], "Public Code Meet");
                assert_eq!(after["prefer_related_applications"], false);
            }
        } else if name == "lang/main.json" || name == "lang/languages.json" {
            assert_eq!(before, after, "{name} is compiled in");
        }
    }
}

#[test]
fn one_brand_on_2021_and_2026_with_two_hosts() {
    for version in versions().iter().filter(|version| ["2021-06", "2026-08"].contains(&version.as_str())) {
        let scratch = Scratch::of(version, version, BRAND);
        assert_eq!(
            scratch.snapshot().keys().filter(|file| file.ends_with("-config.js")).count(),
            HOSTS.len()
        );
        round(&scratch, &in_interface_config(version), &in_config(version), &[]);
    }
}

#[test]
fn nine_versions_no_conflict_no_silent_no_op() {
    for version in &versions() {
        let scratch = Scratch::of(version, version, BRAND);
        round(&scratch, &in_interface_config(version), &in_config(version), &not_here(version));
    }
}

/// Long-lived servers keep the `config.js` they were born with.
#[test]
fn an_old_config_beside_a_new_client() {
    let all = versions();
    for client in all.iter().filter(|version| version.as_str() >= "2021-06") {
        for config in all.iter().filter(|config| config < &client) {
            let scratch = Scratch::of(client, config, BRAND);
            round(&scratch, &in_interface_config(client), &in_config(client), &not_here(client));
        }
    }
}

/// Keys of the patches, nested and with missing parents, in every version of `config.js`.
#[test]
fn patches_on_every_version() {
    const PATCH: &str = r#"
[set]
"deeplinking.hideLogo" = true
p2p.enabled = false
disableThirdPartyRequests = true
toolbarButtons = ["microphone", "camera"]
"hosts.focus" = "focus.example.org"
brandNewObject.with.parents = [1, { two = 2 }]
"#;
    for version in &versions() {
        let scratch = Scratch::of(version, version, "");
        scratch.patch("config", PATCH);
        let shipped = scratch.snapshot();
        let before = scratch.evaluated();
        let applied = scratch.run(&["apply", "--yes"]);
        assert_eq!(applied.status, 0, "{version}: {applied:?}");
        if let (Some(before), Some(after)) = (before, scratch.evaluated()) {
            for (file, now) in after.iter().filter(|(file, _)| file.ends_with("-config.js")) {
                let wished = [
                    "deeplinking",
                    "p2p.enabled",
                    "disableThirdPartyRequests",
                    "toolbarButtons",
                    "hosts.focus",
                    "brandNewObject",
                ];
                let old = leaves(&before[file]);
                for (path, value) in leaves(now) {
                    let is_wished = wished.iter().any(|wish| path.starts_with(wish));
                    assert!(is_wished || old.get(&path) == Some(&value), "{version} {file}: {path}");
                }
                assert_eq!(now["p2p"]["enabled"], false, "{version}");
                assert_eq!(now["deeplinking"]["hideLogo"], true, "{version}");
                assert_eq!(
                    now["brandNewObject"]["with"]["parents"],
                    serde_json::json!([1, { "two": 2 }]),
                    "{version}"
                );
            }
        }
        assert_eq!(
            scratch.run(&["apply", "--yes"]).stderr.trim().lines().last(),
            Some("nothing to do"),
            "{version}"
        );
        assert_eq!(scratch.run(&["restore", "--yes"]).status, 0);
        assert_eq!(scratch.snapshot(), shipped, "{version}");
    }
}

/// `files` without the pictures that are no text: those are in a line each, and not in the difference.
fn texts(mut files: BTreeMap<String, Vec<u8>>) -> BTreeMap<String, Vec<u8>> {
    files.retain(|_, bytes| std::str::from_utf8(bytes).is_ok());
    files
}

/// The diff is one that git takes, and makes the very bytes that `apply` writes.
#[test]
fn git_applies_the_diff() {
    for version in &versions() {
        let scratch = Scratch::of(version, version, BRAND);
        let diff = scratch.run(&["diff"]);
        assert_eq!(diff.status, 1, "{diff:?}");
        scratch.git_apply(&diff.stdout);
        let by_git = texts(scratch.snapshot());
        scratch.reset(version, version);
        assert_eq!(scratch.run(&["apply", "--yes"]).status, 0);
        assert_eq!(texts(scratch.snapshot()), by_git, "{version}");
    }
}

/// A brand of every line that is no picture.
const EVERY: &str = r##"
[brand]
name           = "Public Code Meet"
short-name     = "Public Code"
provider       = "Foundation for Public Code"
description    = "Video calls"
home           = "https://publiccode.net/"
support        = "https://publiccode.net/contact"
help           = "https://publiccode.net/help"
privacy        = "https://publiccode.net/privacy"
terms          = "https://publiccode.net/terms"
streaming-help = "https://publiccode.net/streaming"
[people]
remote = "fellow Public Coder"
local  = "myself"
[logo]
show = false
[colors]
background = "#1b1b1b"
theme      = "#2a3a4b"
[phones]
app  = false
logo = false
[page]
css  = "own.css"
head = "head.html"
body = "body.html"
[text.de]
"welcomepage.headerTitle" = "Hallo"
[text.en]
"welcomepage.headerTitle" = "Hello"
"##;

/// Every line of the brand comes to a change on every version, or it is told that there is no place for it.
#[test]
fn every_wish_is_carried_or_explained_on_every_version() {
    let lines: Vec<&str> = EVERY.lines().filter(|line| line.contains(" = ")).collect();
    for version in &versions() {
        let scratch = Scratch::of(version, version, EVERY);
        for (name, text) in
            [("own.css", "p { color: red }\n"), ("head.html", "<!-- a -->\n"), ("body.html", "<p></p>\n")]
        {
            scratch.asset(name, text);
        }
        let status = scratch.run(&["--json", "status"]);
        let plan: Json = serde_json::from_str(&status.stdout).expect("JSON");
        let list = |value: &Json| value.as_array().expect("a list").clone();
        let keys: Vec<Json> = list(&plan["files"]).iter().flat_map(|file| list(&file["keys"])).collect();
        let mut carried: Vec<String> =
            keys.iter().map(|key| key["wish"]["place"]["source"].to_string()).collect();
        let told = list(&plan["findings"]);
        let told = told.iter().filter(|finding| {
            let message = finding["message"].as_str().unwrap_or("");
            message.contains("is not here") || message.starts_with("English strings stay as they are")
        });
        carried.extend(told.map(|finding| finding["place"]["source"].to_string()));
        for line in &lines {
            let source = Json::from(*line).to_string();
            assert!(carried.contains(&source), "{version}: `{line}` is carried nowhere, and nobody says so");
        }
        assert_eq!(scratch.run(&["apply", "--yes"]).status, 0, "{version}");
        assert_eq!(scratch.run(&["check"]).status, 0, "{version}");
    }
}
