//! What is answered: what would be sent for an address, what decided that, and how it would be sent.

use serde::Serialize;

use crate::fault::Place;

/// What a server would do with an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Served {
    /// What it would send.
    pub answer: Answer,
    /// The directive that decided it, if one did.
    pub by: Option<Place>,
    /// How it would be sent.
    pub manner: Manner,
}

/// What a server would send.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Answer {
    /// A file; its links are not followed here.
    File(String),
    /// That nothing is there: this file is missing.
    Missing(String),
    /// A status without a file.
    Status(u16),
    /// Another address.
    Redirect(String),
    /// What another server says.
    Proxied(String),
    /// This cannot be told; the reason.
    Unknown(String),
}

impl Answer {
    /// Whether it sends elsewhere, as who leads from HTTP to HTTPS does.
    pub(super) fn leads_away(&self) -> bool {
        matches!(self, Answer::Redirect(to) if to.contains("://"))
    }
}

/// How a file would be sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manner {
    /// Whether server-side includes in it are carried out.
    pub includes: bool,
    /// The directive that decides so, if one does.
    pub includes_by: Option<Place>,
    /// Which symbolic links are followed on the way to it.
    pub links: Links,
    /// The directive that decides so, if one does.
    pub links_by: Option<Place>,
    /// How long browsers may keep it.
    pub caching: Vec<Caching>,
    /// A directive that changes its text on the way out.
    pub rewritten_by: Option<Place>,
}

/// Which symbolic links a server follows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Links {
    /// All.
    #[default]
    Followed,
    /// Those that belong to whom the file belongs to.
    SameOwner,
    /// None.
    Refused,
}

/// A directive that says how long browsers may keep a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caching {
    /// What it says, such as `1y`.
    pub says: String,
    /// The directive.
    pub by: Place,
}
