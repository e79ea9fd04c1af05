//! How old the installed web client is. A date only explains and breaks ties: where a key lives is read from the files.

use serde::Serialize;

use crate::catalogue::{self, ConfigFile, Date, Presence};
use crate::digest::Digest;
use crate::js::Document;
use crate::site::Site;

/// The age of a client, and how it is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Dating {
    /// The day of the source it was built from, at least.
    pub day: Date,
    /// How that is known.
    pub by: By,
}

/// What tells the age of a client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum By {
    /// Its `interface_config.js` is one that upstream shipped.
    Digest,
    /// The build number in `index.html`, or the version of the package.
    Build,
    /// The keys that `interface_config.js` has.
    Keys,
}

/// Dates the client of `site` by its `interface_config.js` as shipped; `recorded` is the digest of the file that an
/// earlier run kept, for one that was edited by hand since.
#[must_use]
pub fn dating(site: &Site, interface_config: &Document, recorded: Option<&Digest>) -> Option<Dating> {
    let digest = Digest::of(interface_config.text().as_str().as_bytes());
    if let Some(known) = catalogue::shipped_on(&digest).or_else(|| recorded.and_then(catalogue::shipped_on)) {
        return Some(Dating { day: known.date, by: By::Digest });
    }
    let build = site.build.or_else(|| site.web_version.as_deref().and_then(build_of));
    if let Some(release) = build.and_then(catalogue::release_of_build) {
        return Some(Dating { day: release.source_date, by: By::Build });
    }
    by_keys(interface_config).map(|day| Dating { day, by: By::Keys })
}

/// The day that the keys of an `interface_config.js` tell, at least.
#[must_use]
pub fn by_keys(interface_config: &Document) -> Option<Date> {
    let day = catalogue::keys(ConfigFile::InterfaceConfig).filter_map(|path| {
        let key = catalogue::key(ConfigFile::InterfaceConfig, &path)?;
        let presence = if interface_config.value(&path).is_some() {
            Presence::Active
        } else {
            interface_config.documentation(&path).map(|_| Presence::Documented)?
        };
        key.states.iter().find(|state| state.presence == presence).map(|state| state.since)
    });
    day.max()
}

/// The build in the version of the package `jitsi-meet-web`: 9268 in `1.0.9268-1`.
fn build_of(version: &str) -> Option<u32> {
    version.strip_prefix("1.0.")?.split(['-', '+', '~', '.']).next()?.parse().ok()
}
