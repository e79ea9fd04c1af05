//! Unified diffs of other files than configuration (`patches/*.patch`).
//!
//! They may touch existing files below three folders, and none that the brand or a typed patch edits.

use crate::fault::{Fault, Place};
use crate::hunk::{self, FilePatch};
use crate::site::{HOST_SUFFIX, HOSTS, WEB};
use crate::text::{Span, Text};
use crate::toml::{Content, Entry};

/// A file of `patches/` that holds unified diffs.
#[derive(Clone, Debug, PartialEq)]
pub struct DiffFile {
    /// Its name, as the user knows it: `patches/prosody.patch`.
    pub file: String,
    /// Its text.
    pub text: Text,
    /// One patch for each file that it changes.
    pub patches: Vec<FilePatch>,
    /// The services that read those files when they start.
    pub restart: Vec<String>,
}

/// Where files may be patched.
/// The folders whose files a diff may change.
pub const FOLDERS: [&str; 3] = [WEB, "etc/jitsi", "etc/prosody"];

impl DiffFile {
    /// Reads `text`, which is the file `file`. A line `restart = ["prosody"]` before the first diff names services.
    ///
    /// # Errors
    /// Every fault of the file.
    pub fn parse(file: &str, text: &Text) -> Result<DiffFile, Vec<Fault>> {
        let patches = hunk::parse(file, text)?;
        let mut faults: Vec<Fault> = Vec::new();
        for patch in &patches {
            if let Some((message, hint)) = refusal(&patch.path) {
                let place = Place::of(file, text, patch.at);
                faults.push(Fault { place, message, hint: Some(hint.to_owned()) });
            }
        }
        let restart = restart(file, text, &mut faults);
        let (file, text) = (file.to_owned(), text.clone());
        if faults.is_empty() { Ok(DiffFile { file, text, patches, restart }) } else { Err(faults) }
    }
}

/// Why the file `path` is not patched, and what to do instead.
fn refusal(path: &str) -> Option<(String, &'static str)> {
    let below = |folder: &str| path.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/'));
    if !FOLDERS.iter().any(|folder| below(folder).is_some()) {
        let message = format!("`{path}` is in none of the folders that are patched");
        return Some((message, "they are `/usr/share/jitsi-meet`, `/etc/jitsi` and `/etc/prosody`"));
    }
    let is_host = below(HOSTS).is_some_and(|name| name.ends_with(HOST_SUFFIX));
    let (reason, hint) = match below(WEB) {
        _ if is_host => ("is edited key by key", "write its keys into `patches/config.toml`"),
        Some("interface_config.js") => {
            ("is edited key by key", "write its keys into `patches/interface_config.toml`")
        }
        Some("manifest.json") => ("is edited key by key", "write its keys into `patches/manifest.toml`"),
        Some("index.html") => ("is never edited", "`page.head` and `page.body` of the brand add to the page"),
        Some("css/all.css") => ("is never edited", "`page.css` of the brand adds rules of your own"),
        Some(name) if name.starts_with("libs/") => ("is never edited", "what is compiled stays as it is"),
        _ => return None,
    };
    Some((format!("`{path}` {reason}"), hint))
}

/// The services that the lines before the first diff name.
fn restart(file: &str, text: &Text, faults: &mut Vec<Fault>) -> Vec<String> {
    let mut at = 0;
    for line in text.as_str().split_inclusive('\n') {
        if line.starts_with("diff ") || line.starts_with("--- ") {
            break;
        }
        if line.trim_start().starts_with("restart") {
            let (entries, _) = crate::toml::read(file, &Text::from(line));
            if let Some(services) = services(&entries) {
                return services;
            }
            faults.push(Fault {
                place: Place::of(file, text, Span::new(at, at + line.trim_end().len())),
                message: "`restart` is a list of services".to_owned(),
                hint: Some("write `restart = [\"prosody\"]`".to_owned()),
            });
        }
        at += line.len();
    }
    Vec::new()
}

/// The names in `restart = [...]`.
fn services(entries: &[Entry]) -> Option<Vec<String>> {
    let [Entry { key, node, .. }] = entries else { return None };
    let Content::List(items) = &node.content else { return None };
    let is_name = |letter: char| letter.is_ascii_alphanumeric() || "-_.@".contains(letter);
    let name = |item: &crate::toml::Node| match &item.content {
        Content::String(name) if name.starts_with(char::is_alphanumeric) && name.chars().all(is_name) => {
            Some(name.clone())
        }
        _ => None,
    };
    (key == "restart").then(|| items.iter().map(name).collect()).flatten()
}
