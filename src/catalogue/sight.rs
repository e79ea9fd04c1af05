//! Where a visitor meets what keys, pictures and pages say, and what then tells of upstream.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::date::Date;
use super::file::ConfigFile;
use super::page::is_page;
use super::table::{Table, dotted, head, parse};
use crate::value::{KeyPath, Value};

/// Where a visitor meets something, in the order in which they come there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Seen {
    /// The tab of the browser: title and icon.
    Tab,
    /// What messengers and search engines show of an address.
    LinkPreview,
    /// The client as an app of the browser's, and its icons.
    InstalledApp,
    /// The page on which a meeting is opened.
    WelcomePage,
    /// A meeting.
    Meeting,
    /// Mails, calendars and numbers that bring others in.
    Invitation,
    /// The pages that lead to the app.
    PhonePage,
    /// The page after the call.
    ClosePage,
    /// Any other page of the client.
    OtherPage,
    /// An address that something leads to.
    Link,
    /// Strings of one language.
    Translation,
}

/// Prints the heading of a list.
impl fmt::Display for Seen {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Seen::Tab => "browser tab",
            Seen::LinkPreview => "link previews",
            Seen::InstalledApp => "installed app",
            Seen::WelcomePage => "welcome page",
            Seen::Meeting => "meetings",
            Seen::Invitation => "invitations",
            Seen::PhonePage => "pages that lead to the app",
            Seen::ClosePage => "page after the call",
            Seen::OtherPage => "other pages",
            Seen::Link => "links",
            Seen::Translation => "translations",
        })
    }
}

/// What a visitor meets of one key's value.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Sight {
    /// The key, in the newest client that has it.
    #[serde(deserialize_with = "dotted")]
    pub key: KeyPath,
    /// Its file.
    pub file: ConfigFile,
    /// What is shown.
    #[serde(flatten)]
    pub shows: Shows,
    /// What must all be so, or it is not shown.
    #[serde(default)]
    pub when: Vec<Setting>,
    /// Of what nothing may be so, or it is not shown.
    #[serde(default)]
    pub unless: Vec<Setting>,
    /// The day since which an answer of dynamic branding counts in its place.
    pub branding_since: Option<Date>,
}

/// What is shown of a key's value.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(tag = "as", rename_all = "kebab-case")]
pub enum Shows {
    /// The value itself.
    Text {
        /// Where.
        seen: Seen,
    },
    /// Something that leads to it.
    Link {
        /// Where.
        seen: Seen,
        /// The address that is compiled in.
        fallback: Option<Fallback>,
    },
    /// The picture that it names.
    Picture {
        /// Where.
        seen: Seen,
        /// The picture in the catalogue.
        picture: String,
        /// The key whose picture stands there while this one is unset.
        otherwise: Option<String>,
    },
    /// A text that is compiled in.
    Fixed {
        /// Where.
        seen: Seen,
        /// The value with which it is shown.
        value: Value,
        /// The text.
        says: String,
        /// Why nothing from outside changes it.
        reason: String,
    },
    /// Something that leads to an app, while the key has a certain value.
    Switch {
        /// Where.
        seen: Seen,
        /// The value with which it is shown.
        value: bool,
        /// What it is.
        says: String,
        /// The keys whose addresses it leads to. It is upstream's while one of them is.
        leads: Vec<String>,
    },
    /// Nothing.
    Nothing {
        /// Why.
        reason: String,
    },
}

/// What the client takes while a key is unset.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Fallback {
    /// It.
    pub value: String,
    /// What must all be so, or it is not shown.
    #[serde(default)]
    pub when: Vec<Setting>,
}

/// A key with a certain value.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Setting {
    /// Its file.
    pub file: ConfigFile,
    /// The key.
    #[serde(deserialize_with = "dotted")]
    pub path: KeyPath,
    /// The value.
    pub is: Value,
}

/// Where a visitor meets a picture.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct PictureSight {
    /// The picture in the catalogue.
    pub picture: String,
    /// Where.
    pub seen: Seen,
    /// Whether the client asks for its files by a name that nothing changes.
    #[serde(default)]
    pub fixed: bool,
    /// What must all be so, or it is not shown.
    #[serde(default)]
    pub when: Vec<Setting>,
    /// Of what nothing may be so, or it is not shown.
    #[serde(default)]
    pub unless: Vec<Setting>,
}

/// Something that tells of upstream, beside its name.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Sign {
    /// The word, or the address without its scheme: a host, and where a path follows, that too.
    pub sign: String,
    /// Which of the two it is.
    #[serde(rename = "as")]
    pub kind: SignKind,
}

/// What kind of sign it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SignKind {
    /// A word.
    Word,
    /// An address, and all below it.
    Address,
}

/// What is met of every key that a surface has, or that took such a key's place.
pub fn sights() -> impl Iterator<Item = Sight> {
    SIGHTS.records()
}

/// What is met of the key `name`.
#[must_use]
pub fn sight(name: &str) -> Option<Sight> {
    SIGHTS.lines().find(|line| head(line) == name).and_then(parse)
}

/// Where every picture is met.
pub fn picture_sights() -> impl Iterator<Item = PictureSight> {
    PICTURES.records()
}

/// Where the page `name` is met; none if it is no page.
#[must_use]
pub fn page_seen(name: &str) -> Option<Seen> {
    #[derive(Deserialize)]
    struct Page {
        page: String,
        seen: Seen,
    }
    PAGES.records::<Page>().find(|fact| is_page(&fact.page, name)).map(|fact| fact.seen)
}

/// Everything that tells of upstream, beside its name.
pub fn signs() -> impl Iterator<Item = Sign> {
    SIGNS.records()
}

static SIGHTS: Table = Table(include_str!("data/sights.jsonl"));
static PICTURES: Table = Table(include_str!("data/picture_sights.jsonl"));
static PAGES: Table = Table(include_str!("data/page_sights.jsonl"));
static SIGNS: Table = Table(include_str!("data/signs.jsonl"));
