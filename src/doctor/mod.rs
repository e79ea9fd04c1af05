//! What is wrong around a site: what the web server really sends, who may read it, and who else changes it.
//!
//! Judges what it is given and reads nothing itself.

mod access;
mod diversions;
mod overlays;
mod serving;
mod tools;

pub use access::{Reader, Rights, unreadable};
pub use diversions::{diversions, end_of_diversion, excludes};
pub use overlays::overlays;
pub use serving::{Question, Way, serving};
pub use tools::{Found, tools};

use serde::Serialize;

use crate::fault::{Level, Place};

/// Something that is wrong, or may become so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// An error breaks or hides the brand; a warning may; a note is good to know.
    pub level: Level,
    /// What it is.
    pub what: String,
    /// The line that makes it so, if one does.
    pub place: Option<Place>,
    /// Why it matters.
    pub why: String,
    /// What to do.
    pub hint: String,
}

impl Problem {
    /// A problem that no line makes.
    pub fn new(
        level: Level,
        what: impl Into<String>,
        why: impl Into<String>,
        hint: impl Into<String>,
    ) -> Self {
        Problem { level, what: what.into(), place: None, why: why.into(), hint: hint.into() }
    }

    /// The same, made so by the line at `place`.
    #[must_use]
    pub fn at(mut self, place: Option<&Place>) -> Self {
        self.place = place.cloned();
        self
    }
}
