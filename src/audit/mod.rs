//! What a visitor can still read or see of upstream, on a site as it is now.
//!
//! Only what is shown counts: values that the client of that age reads, texts of pages, strings, and pictures that
//! something refers to. Comments, protocol values, names of keys and of files do not. It reads nothing itself, and
//! claims nothing of what only running the client would tell.

mod client;
mod keys;
mod manifest;
mod pages;
mod pictures;
mod signs;
mod strings;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::brand::Brand;
pub use crate::catalogue::Seen;
use crate::catalogue::{self, ConfigFile, Date};
use crate::js::Document;
use crate::markup::Markup;
use crate::patch::Target;
use crate::value::{KeyPath, Value};
use client::Client;
use signs::Signs;

/// The site as visitors get it.
pub struct Subject<'a> {
    /// `interface_config.js`, which all hosts share; none where the release has none.
    pub interface_config: Option<&'a Document>,
    /// Each host with its `config.js`.
    pub hosts: Vec<(&'a str, &'a Document)>,
    /// `manifest.json`, if there is one.
    pub manifest: Option<&'a Document>,
    /// The pages, by their names below the web client: `title.html`, `static/close.html`.
    pub pages: Vec<(&'a str, &'a Markup)>,
    /// The translations by their languages: `de` with `lang/main-de.json`; none for one that does not parse.
    pub languages: Vec<(&'a str, Option<&'a Document>)>,
    /// `lang/main.json`: the English strings as they are compiled into the client.
    pub english: Option<&'a Document>,
    /// The English strings that dynamic branding gives a host in our own answer, by their keys; none if it has none.
    pub labels: &'a dyn Fn(&str) -> BTreeMap<String, String>,
    /// Whether a file below the web client is upstream's own picture; none if it is not there or nothing is known.
    pub is_upstreams: &'a dyn Fn(&str) -> Option<bool>,
    /// The day of the client, at least.
    pub day: Option<Date>,
    /// The brand of the project, if there is one: what it says already is no remedy.
    pub brand: Option<&'a Brand>,
}

/// One thing that is left of upstream.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Left {
    /// Where a visitor meets it.
    pub seen: Seen,
    /// What says or shows it: ``config.js `defaultLogoUrl` of meet.example.org``, `images/watermark.png`.
    pub place: String,
    /// The text; of a picture, which it is.
    pub says: String,
    /// What changes it.
    pub remedy: Remedy,
}

/// What changes something that is left.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Remedy {
    /// This line of `brand.toml`.
    Wish(String),
    /// A key that a patch file sets.
    Patch {
        /// The patch file: `patches/config.toml`.
        file: String,
        /// The key.
        path: KeyPath,
    },
    /// Changed lines of a file, for which no line of the brand stands: `patches/*.patch`.
    Hunk {
        /// The file, below the web client.
        file: String,
    },
    /// Nothing from outside the client, for this reason.
    Bundle(String),
}

/// Everything that is left, sorted by where it is seen and then by its place.
#[must_use]
pub fn audit(subject: &Subject<'_>) -> Vec<Left> {
    let audit = Audit { subject, signs: Signs::new(subject.hosts.iter().map(|(host, _)| *host)) };
    let clients = Client::all(subject);
    let mut left = Vec::new();
    for client in &clients {
        keys::keys(&audit, client, &mut left);
    }
    pages::pages(&audit, &mut left);
    pictures::fixed(&audit, &clients, &mut left);
    manifest::manifest(&audit, &mut left);
    strings::languages(&audit, &mut left);
    strings::english(&audit, &clients, &mut left);
    left.sort();
    left.dedup();
    left
}

/// A subject, and what tells of upstream in it.
struct Audit<'a> {
    subject: &'a Subject<'a>,
    signs: Signs<'a>,
}

impl Audit<'_> {
    /// Whether the brand wishes for `host` what `remedy` would take away.
    fn is_wished(&self, remedy: &Remedy, host: Option<&str>) -> bool {
        let Remedy::Wish(name) = remedy else { return false };
        self.wish(name, host) == Some(&Value::Bool(true))
    }

    /// What the brand says for `host` of the line `name`.
    fn wish(&self, name: &str, host: Option<&str>) -> Option<&Value> {
        self.subject.brand?.wish(name, host).map(|wish| &wish.value)
    }
}

impl Remedy {
    /// The line of the brand called `name`.
    fn wish(name: &str) -> Self {
        Remedy::Wish(name.to_owned())
    }

    /// The line of the brand that feeds `key`, or else `newest`, which took its place; if none does, a patch of `key`.
    fn of_key(key: (ConfigFile, &KeyPath), newest: (ConfigFile, &KeyPath)) -> Self {
        if let Some(wish) = [key, newest].into_iter().find_map(|(file, path)| wish_of(file, path)) {
            return Remedy::wish(wish);
        }
        let (file, path) = key;
        let target = match file {
            ConfigFile::InterfaceConfig => Target::InterfaceConfig,
            ConfigFile::Config => Target::Config,
        };
        Remedy::patch(target, path)
    }

    /// The key `path` in the patch file of `target`.
    fn patch(target: Target, path: &KeyPath) -> Self {
        Remedy::Patch { file: format!("patches/{}.toml", target.name()), path: path.clone() }
    }
}

/// The line of the brand that feeds `path` of `file`.
fn wish_of(file: ConfigFile, path: &KeyPath) -> Option<&'static str> {
    let feeds = |wish: &&str| {
        let mut keys = catalogue::brand_surfaces(wish).into_iter().flat_map(|feed| feed.keys);
        keys.any(|key| key.file == file && key.path == *path)
    };
    catalogue::brand_wishes().into_iter().find(feeds)
}
