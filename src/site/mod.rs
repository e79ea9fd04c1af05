//! The Jitsi Meet that was found under a root, as data. Reads nothing itself.

use std::collections::BTreeMap;

use crate::content::Content;
use crate::path::SitePath;

/// The folder of the web client.
pub const WEB: &str = "usr/share/jitsi-meet";
/// The folder of the hosts' own files.
pub const HOSTS: &str = "etc/jitsi/meet";
/// What follows the host in the name of its file.
pub const HOST_SUFFIX: &str = "-config.js";
/// The pages that the server puts into others.
pub const FRAGMENTS: [&str; 4] = ["title.html", "head.html", "plugin.head.html", "body.html"];
/// Where pictures of the brand go, below the web client.
pub const PICTURES: &str = "images/rebrand";

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// `interface_config.js`, which all hosts share, if the release has one.
    pub interface_config: Option<Found>,
    /// The hosts, by name.
    pub hosts: Vec<Host>,
    /// `manifest.json`, if there is one.
    pub manifest: Option<Found>,
    /// The pages that the server sends or puts into others, such as `title.html`, and those below `static/`.
    pub pages: Vec<Found>,
    /// The translations, such as `lang/main-de.json`, by their language.
    pub languages: BTreeMap<String, Found>,
    /// `lang/main.json`: the English strings as they are compiled into the client.
    pub english: Option<Found>,
    /// `index.html`, which is never edited.
    pub index: Option<Found>,
    /// The path below which the site is served, by `base.html`, with a slash at both ends.
    pub base: String,
    /// The version of the package `jitsi-meet-web`, if dpkg has it installed.
    pub web_version: Option<String>,
    /// The build number that `index.html` asks its files with.
    pub build: Option<u32>,
    /// Files that the package brings and that are not there.
    pub gone: Vec<SitePath>,
    /// Links in the place of hosts' files that lead to none.
    pub dangling: Vec<SitePath>,
    /// Other files that were asked for, by their path: those that earlier runs wrote, and those that pictures go to.
    pub others: BTreeMap<SitePath, Found>,
}

impl Site {
    /// Whether `path` is one of the files that are edited and not replaced.
    #[must_use]
    pub fn is_text(&self, path: &SitePath) -> bool {
        self.texts().any(|found| found.path == *path)
    }

    fn texts(&self) -> impl Iterator<Item = &Found> {
        let shared = [self.interface_config.as_ref(), self.manifest.as_ref()].into_iter().flatten();
        let hosts = self.hosts.iter().map(|host| &host.file);
        shared.chain(hosts).chain(&self.pages).chain(self.languages.values())
    }

    /// The file `path`, if it is one of those that were looked at.
    #[must_use]
    pub fn found(&self, path: &SitePath) -> Option<&Found> {
        self.texts().find(|found| found.path == *path).or_else(|| self.others.get(path))
    }

    /// Whether the file `path`, which is no text, is there by itself.
    #[must_use]
    pub fn is_there(&self, path: &SitePath) -> bool {
        self.others.get(path).is_some_and(Found::is_shipped)
    }

    /// Whether something of ours lies here, whoever recorded it: a diverted path, a picture of a brand.
    #[must_use]
    pub fn has_traces(&self) -> bool {
        let is_ours = |found: &Found| {
            matches!(found.shipped, Shipped::Beside(_)) || found.below_web().starts_with(PICTURES)
        };
        self.texts().chain(self.others.values()).any(is_ours)
    }

    /// The page `name`, as it is called below the web client.
    #[must_use]
    pub fn page(&self, name: &str) -> Option<&Found> {
        self.pages.iter().find(|page| page.below_web() == name)
    }
}

/// A file that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Where.
    pub path: SitePath,
    /// Its bytes as they are served; the package's where nothing is.
    pub bytes: Content,
    /// The MD5 that dpkg has of it, as hexadecimal digits.
    pub package_md5: Option<String>,
    /// Where the bytes are that the package brought.
    pub shipped: Shipped,
}

/// Where the bytes of a file are that the package brought.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Shipped {
    /// At its own path, as far as nobody wrote there.
    #[default]
    Here,
    /// Beside it, for it is diverted: these; none where the package brings no such file.
    Beside(Option<Content>),
    /// Somebody else made the path something that is left alone, in words that follow its name.
    Elsewhere(String),
}

impl Found {
    /// Whether the package brings it, or it lies there without one.
    #[must_use]
    pub fn is_shipped(&self) -> bool {
        self.shipped != Shipped::Beside(None)
    }

    /// The bytes that the package brought, as far as they are known.
    #[must_use]
    pub fn package(&self) -> &Content {
        match &self.shipped {
            Shipped::Beside(Some(shipped)) => shipped,
            _ => &self.bytes,
        }
    }

    /// Its name below the web client; its whole path if it is not there.
    #[must_use]
    pub fn below_web(&self) -> &str {
        let below = self.path.as_str().strip_prefix(WEB).and_then(|rest| rest.strip_prefix('/'));
        below.unwrap_or(self.path.as_str())
    }
}

/// A host that this machine serves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Host {
    /// Its name, as in `<name>-config.js`.
    pub name: String,
    /// Its file.
    pub file: Found,
}
