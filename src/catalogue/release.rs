//! Releases of Jitsi Meet, and every `interface_config.js` that upstream ever had, known by its digest.

use serde::Deserialize;

use super::date::Date;
use super::table::{Table, parse};
use crate::digest::Digest;

/// A release that was published.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Release {
    /// The day it was published.
    pub date: Date,
    /// The build `N` of the package `jitsi-meet-web`, version 1.0.N: the `?v=N` of `index.html`.
    pub web: Option<u32>,
    /// The build `N` of the package `jitsi-meet`, version 2.0.N: docker's `stable-N`.
    pub meta: Option<u32>,
    /// The state of the source in it: the day to ask the catalogue for.
    pub source_date: Date,
    /// Whether `source_date` is certain; else it may be some days off.
    #[serde(default = "certain")]
    pub exact: bool,
}

fn certain() -> bool {
    true
}

/// A state of upstream's main branch.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Known {
    /// The day it was reached.
    pub date: Date,
    /// The commit that brought it, abbreviated.
    pub commit: String,
}

/// Which state of upstream the catalogue speaks of.
#[must_use]
pub fn upstream() -> Option<Known> {
    UPSTREAM.records().next()
}

/// Every known release, by the day it was published.
pub fn releases() -> impl Iterator<Item = Release> {
    RELEASES.records()
}

/// The newest release whose `jitsi-meet-web` is 1.0.`build` or older; none for a number that is far from any build, as
/// somebody writes it who stamps pages by himself.
#[must_use]
pub fn release_of_build(build: u32) -> Option<Release> {
    newest(build, |release| release.web)
}

/// The newest release whose package `jitsi-meet-web` (1.0.N), or whose `jitsi-meet` (2.0.N), is of `version` or older.
#[must_use]
pub fn release_of_version(version: &str) -> Option<Release> {
    let upstream = version.split_once(':').map_or(version, |(_, upstream)| upstream);
    let number =
        |series| upstream.strip_prefix(series)?.split(|letter: char| !letter.is_ascii_digit()).next();
    let web = || newest(number("1.0.")?.parse().ok()?, |release| release.web);
    let meta = || newest(number("2.0.")?.parse().ok()?, |release| release.meta);
    web().or_else(meta)
}

fn newest(build: u32, of: impl Fn(&Release) -> Option<u32>) -> Option<Release> {
    let mut known: Vec<(u32, Release)> =
        releases().filter_map(|release| Some((of(&release)?, release))).collect();
    known.sort_by_key(|(number, _)| *number);
    let last = known.last().map(|(number, _)| *number)?;
    let before = known.into_iter().rfind(|(number, _)| *number <= build && build / 2 <= last);
    before.map(|(_, release)| release)
}

/// The newest release whose source is of `day` or older.
#[must_use]
pub fn release_on(day: Date) -> Option<Release> {
    releases().filter(|release| release.source_date <= day).max_by_key(|release| release.source_date)
}

/// When upstream shipped the `interface_config.js` with this digest, if it ever did; the last time, if it came back.
#[must_use]
pub fn shipped_on(digest: &Digest) -> Option<Known> {
    SHIPPED.matching(digest.as_str()).filter_map(parse).last()
}

static RELEASES: Table = Table(include_str!("data/releases.jsonl"));
static UPSTREAM: Table = Table(include_str!("data/upstream.jsonl"));
static SHIPPED: Table = Table(include_str!("data/shipped.jsonl"));
