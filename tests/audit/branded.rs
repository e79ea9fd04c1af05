//! Stand-in sites that the program itself has branded: nothing is left that it could have changed.

use std::collections::BTreeMap;
use std::fs;

use rebrand::audit::{Remedy, Seen};
use rebrand::demo::sites::Year;

use crate::world::{World, write};
use crate::{ENGLISH, Site, line, one};

const BRAND: &str = r#"
[brand]
name     = "Public Code Meet"
provider = "Foundation for Public Code"
home     = "https://publiccode.net/"
support  = "https://publiccode.net/contact"
streaming-help = "https://publiccode.net/streaming"
[people]
remote = "fellow Public Coder"
[logo]
source = "logo.svg"
[phones]
app = false
"#;

const GERMAN: &str = "{ \"welcomepage\": { \"headerTitle\": \"Jitsi Meet\" } }\n";

/// The stand-in site of `year` with a translation and English strings.
fn world(year: Year) -> World {
    let world = World::bare(year, BRAND);
    write(&world.web("lang/main-de.json"), GERMAN.as_bytes());
    write(&world.web("lang/main.json"), ENGLISH.replace("Public Code", "Jitsi").as_bytes());
    world
}

/// The site as it is now; pictures are upstream's while they are as in `shipped`.
fn site(world: &World, day: &'static str, shipped: &BTreeMap<std::path::PathBuf, Vec<u8>>) -> Site {
    let text = |name: &str| fs::read_to_string(world.web(name)).unwrap();
    let files = world.files();
    let is_upstreams = |(path, bytes): (&std::path::PathBuf, &Vec<u8>)| {
        let name = path.strip_prefix(world.web("")).ok()?.to_str()?.to_owned();
        Some((name, shipped.get(path) == Some(bytes)))
    };
    let host = "meet.publiccode.net";
    let config = world.site().join(format!("etc/jitsi/meet/{host}-config.js"));
    Site {
        interface_config: text("interface_config.js"),
        hosts: one(host, &fs::read_to_string(config).unwrap()),
        manifest: Some(text("manifest.json")),
        pages: one("title.html", &text("title.html")),
        languages: one("de", &text("lang/main-de.json")),
        english: Some(text("lang/main.json")),
        labels: labels(&files),
        files: files.iter().filter_map(is_upstreams).collect(),
        day: Some(day),
    }
}

/// The English strings that our own answer gives.
fn labels(files: &BTreeMap<std::path::PathBuf, Vec<u8>>) -> BTreeMap<String, String> {
    let is_english = |path: &&std::path::PathBuf| path.to_str().unwrap().contains("images/rebrand/english-");
    let Some(path) = files.keys().find(is_english) else { return BTreeMap::new() };
    let strings: serde_json::Value = serde_json::from_slice(&files[path]).unwrap();
    let page = strings["welcomepage"].as_object().unwrap();
    page.iter().map(|(key, text)| (format!("welcomepage.{key}"), text.as_str().unwrap().to_owned())).collect()
}

#[test]
fn after_apply_only_what_is_compiled_in_is_left() {
    for (year, day) in [(Year::Y2021, "2021-06-01"), (Year::Y2026, "2026-05-05")] {
        let world = world(year);
        let shipped = world.files();
        let before = site(&world, day, &shipped).left();
        for seen in [Seen::Tab, Seen::LinkPreview, Seen::InstalledApp, Seen::Meeting, Seen::Translation] {
            assert!(before.iter().any(|left| left.seen == seen), "{seen}");
        }
        world.run(&["lock"]).is(0, &[]);
        world.run(&["apply", "--yes"]).is(0, &["applied"]);
        let after = site(&world, day, &shipped).left();
        let lines: Vec<_> = after.iter().map(line).collect();
        assert!(after.iter().all(|left| matches!(left.remedy, Remedy::Bundle(_))), "{lines:#?}");
        assert_eq!(after.is_empty(), day > "2022-03", "{lines:#?}");
    }
}
