//! `--json`: one valid document, whose fields are those that REFERENCE.md lists.

use std::collections::BTreeSet;

use rebrand::demo::sites::Year;
use serde_json::Value as Json;

use crate::visit::Server;
use crate::world::{BRAND, HOST, INTERFACE, World};

#[test]
fn every_command_prints_one_document() {
    let world = World::new(Year::Y2026, BRAND);
    let document = |args: &[&str], status: i32| {
        let run = world.run(&[&["--json"], args].concat());
        run.is(status);
        let json = run.json();
        assert_eq!(json["format"], 1, "{args:?}");
        assert_eq!(json["command"], args[0], "{args:?}");
        assert_eq!(json["ok"], status == 0, "{args:?}");
        json
    };
    assert_eq!(document(&["status"], 1)["hosts"].as_array().unwrap().len(), 2);
    document(&["diff"], 1);
    document(&["check"], 1);
    assert_eq!(document(&["apply", "--dry-run"], 1)["written"], false);
    assert_eq!(document(&["apply"], 1)["written"], false, "without `--yes` nobody is asked");
    assert_eq!(document(&["apply", "--yes"], 0)["written"], true);
    assert_eq!(document(&["apply", "--yes"], 0)["written"], false);
    document(&["check"], 0);
    document(&["explain", "defaultLogoUrl"], 0);
    document(&["explain", "noSuchKeyAtAll"], 1);
    document(&["restore", "--yes"], 0);
    assert_eq!(document(&["status"], 1)["held"], true);
}

#[test]
fn a_document_tells_keys_old_and_new() {
    let world = World::new(Year::Y2021, BRAND);
    let document = world.run(&["--json", "diff"]).json();
    let files = document["files"].as_array().unwrap();
    let shared = files.iter().find(|file| file["path"] == INTERFACE).unwrap();
    let keys = shared["keys"].as_array().unwrap();
    let remote = keys.iter().find(|key| key["key"] == "DEFAULT_REMOTE_DISPLAY_NAME").unwrap();
    assert_eq!(remote["old"], "Fellow Jitster");
    assert_eq!(remote["new"], "fellow Public Coder");
    assert_eq!(remote["wish"]["name"], "people.remote");
    assert_eq!(remote["wish"]["place"]["file"], "brand/brand.toml");
    assert!(document["diff"].as_str().unwrap().starts_with("diff --git"));
}

/// Both ways: no field that is not documented, and none that is documented only.
#[test]
fn the_reference_lists_the_fields() {
    let reference = include_str!("../../REFERENCE.md");
    let between = reference.split_once("<!-- json -->").unwrap().1.split_once("<!-- /json -->").unwrap().0;
    let documented: BTreeSet<String> = between
        .lines()
        .filter_map(|line| Some(line.strip_prefix("| `")?.split_once('`')?.0.to_owned()))
        .collect();
    let world = World::branded(Year::Y2026, BRAND);
    let mut found = BTreeSet::new();
    let mut add = |document: &Json| fields("", document, &mut found);
    world.edit(HOST, "fellow Public Coder", "somebody else");
    add(&world.run(&["--json", "status"]).json());
    add(&world.run(&["--json", "explain", "defaultLogoUrl"]).json());
    add(&world.run(&["--json", "apply", "--overwrite-drift", "--yes"]).json());
    world.brand("[brand]\ndescription = \"Video calls\"\n");
    world.patch("interface_config.toml", "[set]\nMOBILE_APP_PROMO = false\n");
    add(&world.run(&["--json", "status"]).json());
    world.edit(INTERFACE, "SHOW_POWERED_BY: false", "SHOW_POWERED_BY: true");
    world.edit(INTERFACE, "CLOSE_PAGE_GUEST_HINT: false", "CLOSE_PAGE_GUEST_HINT: 'Jitsi'");
    let pages = world.site().join("usr/share/jitsi-meet/static");
    std::fs::create_dir_all(&pages).unwrap();
    std::fs::write(pages.join("bye.html"), "<p>Jitsi</p>").unwrap();
    add(&world.run(&["--json", "audit"]).json());
    let nginx = world.site().join("etc/nginx");
    std::fs::create_dir_all(&nginx).unwrap();
    let server = "server { listen 80; server_name meet.publiccode.net; root /usr/share/jitsi-meet; }";
    std::fs::write(nginx.join("nginx.conf"), format!("events {{}}\nhttp {{ {server} }}\n")).unwrap();
    add(&world.run(&["--json", "doctor"]).json());
    let server = Server::new(crate::visit::only_with(&world, HOST), |_| None);
    add(&world.run(&["--json", "check", "--url", &server.url()]).json());
    if let Some(package) = crate::rehearse::package("1.0.9999-1", Year::Y2021, |_| {}) {
        add(&world.run(&["--json", "rehearse", package.path()]).json());
    } else {
        found.extend(["packages", "packages[].name", "packages[].version", "lost"].map(str::to_owned));
    }
    let missing: Vec<_> = found.difference(&documented).collect();
    let invented: Vec<_> = documented.difference(&found).collect();
    assert!(missing.is_empty(), "REFERENCE.md does not list {missing:?}");
    assert!(invented.is_empty(), "REFERENCE.md lists what no document has: {invented:?}");
}

/// Every field with its path; `[]` stands for the items of a list.
fn fields(path: &str, json: &Json, found: &mut BTreeSet<String>) {
    match json {
        // A plain value of a key may be a table; its members are the site's, not ours. An answer has one of several.
        Json::Object(_)
            if ["old", "new", "now", "then", "value", "answer"].iter().any(|name| {
                path.rsplit('.').next().map(|last| last.trim_end_matches("[]")) == Some(name)
            }) => {}
        Json::Object(members) => {
            for (name, value) in members {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                fields(&path, value, found);
                found.insert(path);
            }
        }
        Json::Array(items) => {
            for item in items.iter().filter(|item| item.is_object()) {
                fields(&format!("{path}[]"), item, found);
            }
        }
        _ => {}
    }
}
