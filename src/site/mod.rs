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
/// Where pictures of the brand go, below the web client.
pub const PICTURES: &str = "images/rebrand";

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// `interface_config.js`, which all hosts share.
    pub interface_config: Found,
    /// The hosts, by name.
    pub hosts: Vec<Host>,
    /// `manifest.json`, if there is one.
    pub manifest: Option<Found>,
    /// `title.html`, which the server puts into the head of the page, if there is one.
    pub title: Option<Found>,
    /// The version of the package `jitsi-meet-web`, if dpkg has it installed.
    pub web_version: Option<String>,
    /// The build number that `index.html` asks its files with.
    pub build: Option<u32>,
    /// Other files that were asked for, by their path: those that earlier runs wrote, and those that pictures go to.
    pub others: BTreeMap<SitePath, Found>,
}

impl Site {
    /// Whether `path` is one of the files that are edited and not replaced.
    #[must_use]
    pub fn is_text(&self, path: &SitePath) -> bool {
        let shared = [Some(&self.interface_config), self.manifest.as_ref(), self.title.as_ref()];
        let texts = shared.into_iter().flatten().chain(self.hosts.iter().map(|host| &host.file));
        texts.into_iter().any(|found| found.path == *path)
    }
}

/// A file that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Where.
    pub path: SitePath,
    /// Its bytes.
    pub bytes: Content,
    /// The MD5 that dpkg has of it, as hexadecimal digits.
    pub package_md5: Option<String>,
}

/// A host that this machine serves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Host {
    /// Its name, as in `<name>-config.js`.
    pub name: String,
    /// Its file.
    pub file: Found,
}
