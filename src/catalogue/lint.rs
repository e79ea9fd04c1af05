//! The known mistakes: what to look for, and what to say. Looking is done elsewhere.

use serde::Deserialize;

use super::date::Date;
use super::file::ConfigFile;
use super::key::Reader;
use super::moves::Rule;
use super::table::{Table, dotted, present};
use crate::value::{KeyPath, Value};

/// A known mistake.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Lint {
    /// Its name: `welcome-logo-left`.
    pub id: String,
    /// How bad it is.
    pub severity: Severity,
    /// The file that the message is about; none for both.
    pub file: Option<ConfigFile>,
    /// The key that the message is about; none for any.
    #[serde(default, deserialize_with = "some_dotted")]
    pub path: Option<KeyPath>,
    /// What makes it a mistake.
    pub when: Condition,
    /// It is one only in a Jitsi Meet of this day or newer.
    pub since: Option<Date>,
    /// What is wrong, for people.
    pub message: String,
    /// What to write instead.
    pub instead: Option<Instead>,
}

/// How bad a mistake is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// A part of the wish is lost.
    Warning,
    /// The wish is lost, or the page broken.
    Error,
}

/// When a mistake is made.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum Condition {
    /// All of these hold.
    All {
        /// The conditions.
        all: Vec<Condition>,
    },
    /// One of these holds.
    Any {
        /// The conditions.
        any: Vec<Condition>,
    },
    /// One key's value in the result is so.
    Key {
        /// Its file.
        file: ConfigFile,
        /// Its path.
        #[serde(deserialize_with = "dotted")]
        path: KeyPath,
        /// How it is.
        #[serde(flatten)]
        test: KeyTest,
    },
    /// A whole run is so, for any key that the lint does not narrow down.
    Run(RunTest),
}

/// A question about one key's value in the result.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(tag = "op", content = "value", rename_all = "snake_case")]
pub enum KeyTest {
    /// It has one.
    Set,
    /// It has none.
    Unset,
    /// It is the empty string.
    Empty,
    /// It is the shipped one.
    Default,
    /// It is this.
    Equals(Value),
    /// It is anything but this, or there is none.
    Differs(Value),
    /// It is a string in which this regular expression finds something.
    Matches(String),
    /// It is a string in which this regular expression finds nothing.
    NotMatches(String),
}

/// A question about a whole run.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(tag = "op", content = "value", rename_all = "snake_case")]
pub enum RunTest {
    /// A key is set that these read.
    ReadIs(Reader),
    /// A key that moved by this rule is set together with its successor.
    MovedRuleAndBothSet(Rule),
    /// A key that moved by this rule is set.
    MovedRuleAndSet(Rule),
    /// A wished value stands in a comment of the file and nowhere else.
    ValueOnlyInComment,
    /// This regular expression finds something in a value that is to be written.
    NewValueMatches(String),
    /// An appended file declares the variable again.
    OverlayDeclaresVariable,
    /// A statement after the literal assigns the same key.
    AssignedAfterLiteral,
    /// The file of the package, first, holds the text, second.
    AssetContains(String, String),
}

/// What to write instead.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Instead {
    /// Into this file.
    pub file: ConfigFile,
    /// At this key.
    #[serde(deserialize_with = "dotted")]
    pub path: KeyPath,
    /// This value, if it is always the same.
    #[serde(default, deserialize_with = "present")]
    pub value: Option<Value>,
}

/// Every known mistake.
pub fn lints() -> impl Iterator<Item = Lint> {
    LINTS.records()
}

fn some_dotted<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<KeyPath>, D::Error> {
    dotted(from).map(Some)
}

static LINTS: Table = Table(include_str!("data/lints.jsonl"));
