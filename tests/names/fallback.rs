//! Languages whose file lacks a string: what the client shows in its place says the brand's name too.
//!
//! `shown` below says by hand what i18next shows, as it was measured with the client's version and options; `audit` and
//! the plan are held against it.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value as Json;

use crate::{BRAND, World, write};

/// English strings in upstream's shape.
const ENGLISH: &str = r#"{
    "calendarSync": { "confirmAddLink": "Do you want to add a Jitsi link to this event?" },
    "dialog": { "tokenAuthFailedReason": { "audInvalid": "It should be `jitsi`." } },
    "incomingCall": { "productLabel": "from Jitsi Meet" },
    "welcomepage": {
        "headerTitle": "Jitsi Meet",
        "jitsiOnMobile": "Jitsi on mobile",
        "logo": { "logoDeepLinking": "Jitsi meet logo" },
        "startMeeting": "Start meeting"
    }
}
"#;

/// Translations that lack strings in one way each.
const ODD: [(&str, &str); 16] = [
    ("aa", "{}\n"),
    ("ab", "{\n    \"welcomepage\": {}\n}\n"),
    ("ac", "{\n    \"welcomepage\": {\n        \"headerTitle\": \"\",\n        \"logo\": null\n    }\n}\n"),
    ("ad", "{\"welcomepage\":{\"startMeeting\":\"x\"}}"),
    ("ae", "{\r\n\t\"welcomepage\": {\r\n\t\t\"startMeeting\": \"x\"\r\n\t}\r\n}"),
    ("af", "\u{feff}{\n  \"welcomepage\": {\n    \"startMeeting\": \"x\"\n  }\n}\n"),
    (
        "ag",
        "{ \"welcomepage\": { \"headerTitle\": \"Jitsi Meet\" }, \"welcomepage\": { \"startMeeting\": \"x\" } }\n",
    ),
    ("ah", "{ \"welcomepage.headerTitle\": \"Acme\", \"incomingCall\": { \"productLabel\": \"\" } }\n"),
    ("ai", "{ \"welcomepage\": \"x\", \"incomingCall\": [\"x\"] }\n"),
    ("aj", "{ \"welcomepage\": null, \"incomingCall\": 5 }\n"),
    ("ak", "{ \"welcomepage\": { \"headerTitle\": { \"a\": \"x\" }, \"jitsiOnMobile\": 7 } }\n"),
    (
        "ar",
        "{ \"welcomepage\": { \"startMeeting\": \"ابدأ الاجتماع\", \"headerTitle\": \"\u{202b}Jitsi Meet\u{202c}\" } }\n",
    ),
    ("fr", "{ \"welcomepage\": { \"headerTitle\": \"Rencontres\" } }\n"),
    ("fr-CA", "{ \"incomingCall\": { \"productLabel\": \"de Jitsi Meet\" } }\n"),
    ("frCA", "{}"),
    ("zh-Hant-TW", "{}"),
];

/// What the client shows for `key` in `language`; none where that is no string.
fn shown<'j>(
    files: &'j BTreeMap<String, Json>,
    english: &'j Json,
    language: &str,
    key: &str,
) -> Option<&'j str> {
    let mut asked = vec![language];
    while let Some((base, _)) = asked.last().unwrap().rsplit_once('-') {
        asked.push(base);
    }
    let files = asked.iter().filter_map(|name| files.get(*name)).chain([english]);
    for file in files {
        let mut value = Some(file);
        for segment in key.split('.') {
            value = value.and_then(Json::as_object).and_then(|object| object.get(segment));
        }
        match value {
            None | Some(Json::Null) => {}
            Some(Json::String(text)) if text.is_empty() => {}
            Some(found) => return found.as_str(),
        }
    }
    None
}

/// The strings that the client shows with upstream's name, but for protocol values, in every language of the site.
fn left(world: &World, keys: &[&str]) -> Vec<String> {
    let json = |path: &Path| {
        let text = std::fs::read_to_string(path).unwrap();
        serde_json::from_str::<Json>(text.trim_start_matches('\u{feff}')).unwrap()
    };
    let english = json(&world.web("lang/main.json"));
    let entries = std::fs::read_dir(world.web("lang")).unwrap().map(|entry| entry.unwrap().path());
    let language = |path: &Path| {
        path.file_name()?.to_str()?.strip_prefix("main-")?.strip_suffix(".json").map(str::to_owned)
    };
    let files: BTreeMap<String, Json> =
        entries.filter_map(|path| Some((language(&path)?, json(&path)))).collect();
    let mut left = Vec::new();
    for language in files.keys() {
        for key in keys {
            let text = shown(&files, &english, language, key).unwrap_or_default();
            if text.to_lowercase().contains("jitsi") {
                left.push(format!("{language} {key} {text}"));
            }
        }
    }
    left
}

/// The same by `audit`, without what it says of English itself.
fn told(world: &World) -> Vec<String> {
    let json: Json = serde_json::from_str(&world.run(&["--json", "audit"]).said).unwrap();
    let line = |left: &Json| {
        let (place, key) = left["place"].as_str()?.strip_prefix("lang/main-")?.split_once(".json `")?;
        Some(format!("{place} {} {}", key.split('`').next()?, left["says"].as_str()?))
    };
    let mut told: Vec<String> = json["left"].as_array().unwrap().iter().filter_map(line).collect();
    told.sort();
    told
}

const KEYS: [&str; 5] = [
    "calendarSync.confirmAddLink",
    "incomingCall.productLabel",
    "welcomepage.headerTitle",
    "welcomepage.jitsiOnMobile",
    "welcomepage.logo.logoDeepLinking",
];

fn world(brand: &str, languages: &[(&str, &str)]) -> World {
    let world = World::named(brand);
    write(&world.web("lang/main.json"), ENGLISH.as_bytes());
    for (language, text) in languages {
        write(&world.web(&format!("lang/main-{language}.json")), text.as_bytes());
    }
    world
}

#[test]
fn no_language_shows_upstreams_name_and_audit_says_of_each_what_the_client_shows() {
    let world = world(BRAND, &ODD);
    let mut before = left(&world, &KEYS);
    before.sort();
    assert_eq!(
        told(&world).into_iter().filter(|line| !line.starts_with("fr-CA")).collect::<Vec<_>>(),
        before.iter().filter(|line| !line.starts_with("fr-CA")).cloned().collect::<Vec<_>>()
    );
    assert!(before.len() > 50, "{before:#?}");
    world.round(|world| {
        assert_eq!(left(world, &KEYS), Vec::<String>::new());
        assert_eq!(told(world), Vec::<String>::new());
        let french = world.text("lang/main-fr-CA.json");
        assert_eq!(french, "{ \"incomingCall\": { \"productLabel\": \"de Public Code Meet\" } }\n");
    });
}

#[test]
fn strings_that_the_brand_gives_for_english_are_shown_in_languages_without_them() {
    let brand =
        format!("{BRAND}[text.en]\n\"welcomepage.startMeeting\" = \"Go\"\nfoo.bar = \"nobody sees it\"\n");
    let world = world(
        &format!("{brand}[page]\nenglish = false\n"),
        &[("sk", "{}\n"), ("hu", "{ \"welcomepage\": { \"startMeeting\": \"Rajt\" } }\n")],
    );
    world.round(|world| {
        let (slovak, hungarian) = (world.json("lang/main-sk.json"), world.json("lang/main-hu.json"));
        assert_eq!(
            (&slovak["welcomepage"]["startMeeting"], &slovak["foo"]),
            (&Json::from("Go"), &Json::Null)
        );
        assert_eq!(hungarian["welcomepage"]["startMeeting"], "Rajt");
        assert_eq!(hungarian["welcomepage"]["headerTitle"], "Public Code Meet");
    });
    world.run(&["apply", "--yes"]).is(0, &["applied"]);
    world.asset("brand.toml", b"[people]\nremote = \"fellow\"\n");
    world.run(&["apply", "--yes"]).is(0, &[]);
    assert_eq!(world.text("lang/main-sk.json"), "{}\n", "the wish is withdrawn");
}

#[test]
fn an_upgrade_of_english_alone_reaches_languages_that_lack_the_new_string() {
    let world = world(BRAND, &[("sk", "{}\n")]);
    world.run(&["apply", "--yes"]).is(0, &[]);
    let newer = ENGLISH.replace("Start meeting", "Start a Jitsi Meet meeting");
    write(&world.web("lang/main.json"), newer.as_bytes());
    world.run(&["check"]).is(1, &["lang/main-sk.json"]);
    world.run(&["apply", "--yes"]).is(0, &[]);
    assert_eq!(
        world.json("lang/main-sk.json")["welcomepage"]["startMeeting"],
        "Start a Public Code Meet meeting"
    );
    write(&world.web("lang/main.json"), ENGLISH.as_bytes());
    world.run(&["apply", "--yes"]).is(0, &[]);
    assert_eq!(world.json("lang/main-sk.json")["welcomepage"].get("startMeeting"), None);
}

#[test]
fn a_language_that_cannot_be_edited_is_told_and_its_regions_fall_back_to_english() {
    let files = [
        ("fr", "{ 'welcomepage': {}, }"),
        ("fr-CA", "{}\n"),
        ("pt", "[]\n"),
        ("tr", "{ \"a\": \"\\ud83d\" }\n"),
    ];
    let world = world(BRAND, &files);
    world.run(&["apply", "--yes"]).is(
        0,
        &["main-fr.json", "main-pt.json` holds no object", "main-tr.json` holds half a letter", "warning"],
    );
    assert_eq!(world.json("lang/main-fr-CA.json")["welcomepage"]["headerTitle"], "Public Code Meet");
    let left = world.run(&["audit"]);
    left.is(1, &["lang/main-fr.json `welcomepage.headerTitle` (does not parse)"]);
    assert!(!left.said.contains("main-fr-CA.json"), "{}", left.said);
}

#[test]
fn english_that_is_not_there_is_told() {
    for text in [None, Some("{ 'a': 1 }")] {
        let world = world(BRAND, &[("sk", "{}\n")]);
        std::fs::remove_file(world.web("lang/main.json")).unwrap();
        if let Some(text) = text {
            write(&world.web("lang/main.json"), text.as_bytes());
        }
        world
            .run(&["apply", "--yes"])
            .is(0, &["warning: `usr/share/jitsi-meet/lang/main.json` is not here or cannot be read"]);
    }
    let marked = world(BRAND, &[("sk", "{}\n")]);
    write(&marked.web("lang/main.json"), format!("\u{feff}{ENGLISH}").as_bytes());
    marked.round(|world| assert_eq!(left(world, &KEYS), Vec::<String>::new()));
}
