//! The words by which upstream names its product, and what takes their place.

use serde::Deserialize;

use super::table::{Table, head, parse};

/// One spelling of the product's name in the translations.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Word {
    /// The word as it is written: `Jitsi Meet`.
    pub spelling: String,
    /// The lines of the brand that take its place; the first that is written counts.
    pub wishes: Vec<String>,
    /// The only strings in which it means the product; empty means all.
    #[serde(default)]
    pub only: Vec<String>,
}

/// The spellings, a longer one before one that it begins with.
pub fn words() -> impl Iterator<Item = Word> {
    WORDS.records()
}

/// Why the string `key` of the translations keeps upstream's name; none if it does not.
#[must_use]
pub fn kept_string(key: &str) -> Option<String> {
    #[derive(Deserialize)]
    struct Kept {
        reason: String,
    }
    let line = KEPT.lines().find(|line| head(line) == key)?;
    parse::<Kept>(line).map(|kept| kept.reason)
}

static WORDS: Table = Table(include_str!("data/words.jsonl"));
static KEPT: Table = Table(include_str!("data/kept_strings.jsonl"));
