//! No mistake is told of a site that nobody changed: every version of upstream, and every mix of two.
//!
//! Upstream's files are read where they are, and never copied in.

use std::fs;
use std::path::Path;

use rebrand::catalogue::shipped_on;
use rebrand::digest::Digest;

use crate::skip::skip;
use crate::{Files, HOST, site};

/// A version: its name, and its files.
pub(crate) struct Version {
    pub(crate) name: String,
    pub(crate) interface_config: String,
    pub(crate) config: String,
    pub(crate) title: String,
}

/// Every version, oldest first; nothing, and a word about it, where they are not here.
pub(crate) fn versions() -> Vec<Version> {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/upstream"));
    let Ok(entries) = fs::read_dir(folder) else {
        skip(format_args!("`{}` is not here", folder.display()));
        return Vec::new();
    };
    let version = |entry: fs::DirEntry| {
        let read = |name: &str| fs::read_to_string(entry.path().join(name)).unwrap();
        // As the package makes it.
        let config = read("config.js").replace("jitsi-meet.example.com", HOST);
        let name = entry.file_name().into_string().unwrap();
        Version { name, interface_config: read("interface_config.js"), config, title: read("title.html") }
    };
    let mut versions: Vec<Version> = entries.map(|entry| version(entry.unwrap())).collect();
    versions.sort_by(|one, other| one.name.cmp(&other.name));
    assert!(!versions.is_empty(), "a folder for each version");
    versions
}

fn stock(client: &Version, config: &Version) -> Files {
    let mut files = site("", "").interface_config(&client.interface_config).config(&config.config);
    files.title.clone_from(&client.title);
    files
}

/// Holds that nothing is told of `files`, whatever is known of the client's age.
fn quiet(name: &str, client: &Version, files: &Files) {
    let shipped = shipped_on(&Digest::of(client.interface_config.as_bytes())).unwrap();
    let day: &'static str = shipped.date.to_string().leak();
    for files in [files.clone().on(day), files.clone().undated(), files.clone().on("2026-08-07")] {
        let found = files.mistakes();
        assert!(found.is_empty(), "{name} on {:?}: {found:#?}", files.day);
    }
}

#[test]
fn no_stock_site_makes_a_mistake() {
    for version in &versions() {
        quiet(&version.name, version, &stock(version, version));
    }
}

/// Long-lived servers keep the `config.js` they were born with.
#[test]
fn no_mix_of_two_versions_makes_a_mistake() {
    let versions = versions();
    for client in &versions {
        for config in &versions {
            quiet(
                &format!("{} with the config.js of {}", client.name, config.name),
                client,
                &stock(client, config),
            );
        }
    }
}

/// The same for a host of whose file nobody knows what it was.
#[test]
fn no_unknown_base_makes_a_mistake() {
    for version in &versions() {
        quiet(&version.name, version, &stock(version, version).baseless());
    }
}
