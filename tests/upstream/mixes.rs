//! An `interface_config.js` of one year in a client of a later one, as servers have it that keep the file back at every
//! upgrade: each wish is where the later client reads it, and how old that is tells its build or its package.

use rebrand::catalogue::{Date, releases};
use serde_json::Value as Json;

use crate::site::{Scratch, versions};

const BRAND: &str = r#"
[brand]
name           = "Public Code Meet"
home           = "https://publiccode.net/"
streaming-help = "https://publiccode.net/streaming"
[people]
remote = "fellow Public Coder"
local  = "myself"
[logo]
source = "logo.svg"
"#;

/// The newest build of the month `version`, and the state of the source in it.
fn build(version: &str) -> (u32, Date) {
    let end: Date = format!("{version}-31").parse().expect("a day");
    let known = releases().filter(|release| release.source_date <= end);
    known.filter_map(|release| Some((release.web?, release.source_date))).max().expect("a release")
}

/// What a client of `day` makes of the two files: its logo, the names of its apps, and so on, each with what is wished.
fn read_by_client(
    day: Date,
    interface_config: &Json,
    config: &Json,
) -> Vec<(&'static str, Json, &'static str)> {
    let on = |text: &str| day >= text.parse().expect("a day");
    let moved = |since: &str, new: &str, old: &str| match config.get(new) {
        Some(value) if on(since) => value.clone(),
        _ => interface_config[old].clone(),
    };
    let mut read = vec![
        ("app name", interface_config["APP_NAME"].clone(), "Public Code Meet"),
        ("link", interface_config["JITSI_WATERMARK_LINK"].clone(), "https://publiccode.net/"),
        (
            "remote name",
            moved("2021-11-26", "defaultRemoteDisplayName", "DEFAULT_REMOTE_DISPLAY_NAME"),
            "fellow Public Coder",
        ),
        (
            "local name",
            moved("2021-11-26", "defaultLocalDisplayName", "DEFAULT_LOCAL_DISPLAY_NAME"),
            "myself",
        ),
        ("local name, one label", interface_config["DEFAULT_LOCAL_DISPLAY_NAME"].clone(), "myself"),
    ];
    if on("2020-06-10") {
        read.push(("logo", moved("2022-08-30", "defaultLogoUrl", "DEFAULT_LOGO_URL"), super::LOGO));
    }
    if on("2020-08-11") {
        read.push(("welcome logo", interface_config["DEFAULT_WELCOME_PAGE_LOGO_URL"].clone(), super::LOGO));
    }
    match config.get("deeplinking").filter(|_| on("2022-12-20")) {
        Some(deeplinking) => read.extend(
            ["desktop", "android", "ios"]
                .map(|app| ("name of an app", deeplinking[app]["appName"].clone(), "Public Code Meet")),
        ),
        None if on("2018-04-14") => {
            read.push(("name of the apps", interface_config["NATIVE_APP_NAME"].clone(), "Public Code Meet"));
        }
        None => {}
    }
    let help = if on("2022-08-02") {
        config["liveStreaming"]["helpLink"].clone()
    } else {
        interface_config["LIVE_STREAMING_HELP_LINK"].clone()
    };
    if on("2017-02-16") {
        read.push(("help", help, "https://publiccode.net/streaming"));
    }
    read
}

fn holds(scratch: &Scratch, day: Date, name: &str) {
    let applied = scratch.run(&["apply", "--yes"]);
    assert_eq!(applied.status, 0, "{name}: {applied:?}");
    assert!(!applied.stderr.contains("is not here"), "{name}: {applied:?}");
    let Some(files) = scratch.evaluated() else { return };
    let interface_config =
        &files.iter().find(|(file, _)| file.ends_with("interface_config.js")).expect("it").1;
    for (file, config) in files.iter().filter(|(file, _)| file.ends_with("-config.js")) {
        for (what, value, wished) in read_by_client(day, interface_config, config) {
            assert_eq!(value, wished, "{name}, {file}: {what}\n{}", applied.stderr);
        }
    }
    let checked = scratch.run(&["check"]);
    assert_eq!(checked.status, 0, "{name}: {checked:?}");
}

#[test]
fn an_old_interface_config_in_a_newer_client_loses_no_wish() {
    let all = versions();
    // One client of each age: the old keys alone, both, and none but the new ones.
    for client in all.iter().filter(|version| ["2021-06", "2023-06", "2026-08"].contains(&version.as_str())) {
        for (index, old) in all.iter().filter(|old| old < &client).enumerate() {
            let config = if index % 2 == 0 { old } else { client };
            let scratch = Scratch::of(client, config, BRAND);
            scratch.interface_config_of(old);
            let (build, day) = build(client);
            scratch.index(&stamped(&build.to_string()));
            holds(&scratch, day, &format!("{old} in {client} with the config.js of {config}"));
        }
    }
}

/// People copy the file from upstream's main branch into what they have: the client's build tells what reads it.
#[test]
fn a_new_interface_config_in_an_older_client_loses_no_wish() {
    let all = versions();
    for client in all.iter().filter(|version| ["2020-08", "2021-06", "2022-08"].contains(&version.as_str())) {
        for config in [client.as_str(), "2026-08"] {
            let scratch = Scratch::of(client, config, BRAND);
            scratch.interface_config_of("2026-08");
            let (build, day) = build(client);
            scratch.index(&stamped(&build.to_string()));
            holds(&scratch, day, &format!("2026-08 in {client} with the config.js of {config}"));
        }
    }
}

/// The latest of what is told counts, and says so.
#[test]
fn the_age_is_told_by_whatever_is_latest() {
    let versions = versions();
    let Some(version) = versions.iter().find(|version| version.as_str() == "2021-06") else { return };
    let scratch = Scratch::of(version, version, "");
    let told = |index: Option<&str>, package: Option<&str>| {
        scratch.index(&index.map(stamped).unwrap_or_default());
        scratch.package(package);
        let status = scratch.run(&["--json", "status"]);
        let status: Json = serde_json::from_str(&status.stdout).expect("JSON");
        let dating = &status["dating"];
        format!("{} {}", dating["day"].as_str().unwrap_or(""), dating["by"].as_str().unwrap_or(""))
    };
    let own = told(None, None);
    assert!(own.ends_with(" digest"), "{own}");
    for (index, package, expected) in [
        (Some("7322"), None, "2023-06-07 build"),
        (Some("4000"), None, own.as_str()),
        (Some("139"), None, own.as_str()),
        (None, Some("1.0.7322-1"), "2023-06-07 package"),
        (None, Some("1:1.0.7322-1~bpo11+1"), "2023-06-07 package"),
        (None, Some("2.0.8719-1"), "2023-06-07 package"),
        (None, Some("1.0.4000-1"), own.as_str()),
        (None, Some("9.9"), own.as_str()),
        // A build between two releases counts as the one before.
        (Some("9100"), Some("1.0.9008-1"), "2026-01-23 build"),
        // Whoever stamps pages by himself says nothing of their age.
        (Some("20231105"), None, own.as_str()),
        (Some("1700000000"), Some("1.0.7322-1"), "2023-06-07 package"),
    ] {
        assert_eq!(told(index, package), expected, "{index:?} {package:?}");
    }
}

fn stamped(build: &str) -> String {
    format!(
        "<link rel=\"stylesheet\" href=\"css/all.css?v={build}\"><script src=\"libs/app.bundle.min.js?v={build}\"></script>"
    )
}
