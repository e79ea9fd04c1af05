//! The known mistakes: what to look for, and what to say. Looking is done elsewhere.

use std::sync::LazyLock;

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
    pub when: When,
    /// It is one only in a Jitsi Meet of this day or newer.
    pub since: Option<Date>,
    /// What is lost, for people. `{key}` stands for the key it is about, `{other}` for the second one, `{deed}` for what the
    /// place itself does.
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
#[serde(rename_all = "snake_case")]
pub enum When {
    /// For each thing that is found.
    Search(Search),
    /// While this holds.
    Holds(Condition),
}

/// Something that holds of the result, or not. What nobody can tell does not hold.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// All of these hold.
    All(Vec<Condition>),
    /// One of these holds.
    Any(Vec<Condition>),
    /// One key's value in the result is so.
    Key {
        /// Its file.
        file: ConfigFile,
        /// Its path.
        #[serde(deserialize_with = "dotted")]
        path: KeyPath,
        /// How it is.
        is: KeyTest,
    },
    /// A file of the package is so.
    Asset(AssetTest),
    /// The client is of this day or newer.
    Client {
        /// The day.
        since: Date,
    },
}

/// A question about one key's value in the result.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyTest {
    /// It has one.
    Set,
    /// It has one that is neither `null` nor the empty string.
    Filled,
    /// It has one that somebody gave it, and not upstream.
    Changed,
    /// It has none.
    Unset,
    /// It has none, though the shipped file has one.
    Removed,
    /// It is the empty string.
    Empty,
    /// It is the shipped one.
    Default,
    /// It is this.
    Equals(Value),
    /// It is anything but this, or there is none.
    Differs(Value),
    /// It is a string without this text.
    Lacks(String),
    /// It is a link that a browser takes for a path beside the page: it names no scheme and starts with none of `/?#`.
    Schemeless,
    /// It is a string that CSS does not take unquoted into `url(…)`, for a blank, a quote, a bracket or a backslash.
    UnfitForCss,
}

/// A question about a file of the package that is no configuration.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AssetTest {
    /// The file, first, holds the text, second.
    Contains(String, String),
    /// The file is known not to be there.
    Missing(String),
}

/// Something to look for in all keys that a lint does not narrow down.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Search {
    /// A key that somebody gave a value, and that these read.
    ReadIs(Reader),
    /// A key that moved by this rule and its successor, both set, where the one that somebody gave a value loses.
    MovedRuleAndBothSet(Rule),
    /// A key that moved by this rule and that somebody gave a value, without its successor.
    MovedRuleAndSet(Rule),
    /// A key that somebody gave a value and that this object of `config.js`, which is there, switches off.
    SwitchedOffBy(#[serde(deserialize_with = "dotted")] KeyPath),
    /// A wished value that stands in a comment of the file and nowhere else.
    ValueOnlyInComment,
    /// A text that ends the `<script>` of the page around it, or hides that script's end.
    LeavesScript,
    /// A place at which the file compiles, and stops when a browser runs it.
    StopsWhenRun,
    /// A second object that the variable of the file is given.
    OverlayDeclaresVariable,
    /// A value that somebody wrote into the literal, and a statement after it that assigns the same key another.
    AssignedAfterLiteral,
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

/// Every known mistake. They are read once.
#[must_use]
pub fn lints() -> &'static [Lint] {
    static READ: LazyLock<Vec<Lint>> = LazyLock::new(|| LINTS.records().collect());
    &READ
}

fn some_dotted<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<KeyPath>, D::Error> {
    dotted(from).map(Some)
}

static LINTS: Table = Table(include_str!("data/lints.jsonl"));
