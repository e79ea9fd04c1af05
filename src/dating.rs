//! How old the installed web client is. A date only explains and breaks ties: where a key lives is read from the files.
//!
//! Each thing that tells it tells a day at least: `interface_config.js` stays the same over several releases, and on many
//! servers longer than upstream's. So the latest day counts.

use serde::Serialize;

use crate::catalogue::{self, ConfigFile, Date, Presence, Release};
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
    /// The day that build or package tell, where `interface_config.js` is of a later one: somebody put it there, and the
    /// client may be as old as this. Else the same day.
    #[serde(skip)]
    pub oldest: Date,
}

/// What tells the age of a client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum By {
    /// Its `interface_config.js` is one that upstream shipped.
    Digest,
    /// The build number in `index.html`.
    Build,
    /// The version of the package.
    Package,
    /// The keys that `interface_config.js` has.
    Keys,
}

/// Dates the client of `site` by its `interface_config.js` as shipped; `recorded` is the digest of the file that an
/// earlier run kept, for one that was edited by hand since.
#[must_use]
pub fn dating(site: &Site, interface_config: Option<&Document>, recorded: Option<&Digest>) -> Option<Dating> {
    let digest = interface_config.map(|document| Digest::of(document.text().as_str().as_bytes()));
    let shipped = digest.iter().chain(recorded).find_map(catalogue::shipped_on);
    let day = |release: Release| release.source_date;
    let package = site.web_version.as_deref().and_then(catalogue::release_of_version).map(day);
    let build = site.build.and_then(catalogue::release_of_build).map(day);
    // Of those that tell the same day, the one nearest to the client comes last and is named.
    let told = [(By::Package, package), (By::Build, build), (By::Digest, shipped.map(|known| known.date))];
    let told = told.into_iter().filter_map(|(by, day)| Some((by, day?)));
    let keys = || by_keys(interface_config?).map(|day| (By::Keys, day));
    let (by, day) = told.max_by_key(|(_, day)| *day).or_else(keys)?;
    Some(Dating { day, by, oldest: package.max(build).unwrap_or(day) })
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
