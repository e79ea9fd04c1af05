//! Where something is written, and what is wrong there.
//!
//! A `Fault` is data: `report/` draws it. Messages are lower case, without a final dot, with backticks round
//! paths, keys and literals.

use serde::{Deserialize, Serialize};

use crate::text::{Span, Text};

/// A place in a file, as a person names it, with the line it shows.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// The file, as the user knows it (`brand/brand.toml`).
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// How many characters are meant, at least 1, within the line.
    pub width: usize,
    /// The source line, without its line end.
    pub source: String,
}

impl Place {
    /// The place of `span` in `text`, which is the file `file`.
    #[must_use]
    pub fn of(file: &str, text: &Text, span: Span) -> Self {
        let position = text.position(span.start);
        let source = text.line(position.line).to_owned();
        let meant = text.slice(span).lines().next().unwrap_or("").chars().count();
        let width = meant.clamp(1, source.chars().count().saturating_sub(position.column - 1).max(1));
        Place { file: file.to_owned(), line: position.line, column: position.column, width, source }
    }
}

/// Prints `file:line:column`.
impl std::fmt::Display for Place {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{}:{}:{}", self.file, self.line, self.column)
    }
}

/// Something wrong at a place, and how to mend it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// Where.
    pub place: Place,
    /// What is wrong.
    pub message: String,
    /// How to mend it, if that is known.
    pub hint: Option<String>,
}

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// It keeps anything from being written.
    Error,
    /// A wish is not carried in full, or something may surprise.
    Warning,
    /// Good to know.
    Note,
}

/// Something the owner should know about the brand on this site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// How much it matters.
    pub level: Level,
    /// What it is about.
    pub message: String,
    /// The line of the brand, of a patch or of a site's file that it is about.
    pub place: Option<Place>,
    /// How to mend it, if that is known.
    pub hint: Option<String>,
}

impl Finding {
    /// A finding without place and hint.
    pub fn new(level: Level, message: impl Into<String>) -> Self {
        Finding { level, message: message.into(), place: None, hint: None }
    }

    /// The same finding, at a place.
    #[must_use]
    pub fn at(mut self, place: &Place) -> Self {
        self.place = Some(place.clone());
        self
    }

    /// The same finding, with a hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

impl From<Fault> for Finding {
    fn from(fault: Fault) -> Self {
        Finding { level: Level::Error, message: fault.message, place: Some(fault.place), hint: fault.hint }
    }
}
