//! What is known about one key: its type, its state through the years, where it went and who reads it.

use std::fmt;

use serde::Deserialize;

use super::check::Kind;
use super::date::Date;
use super::file::ConfigFile;
use super::moves::Move;
use super::table::{dotted, head, parse, present};
use crate::value::{KeyPath, Value};

/// One key of one file.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Key {
    /// Its path.
    #[serde(deserialize_with = "dotted")]
    pub path: KeyPath,
    /// What it holds.
    #[serde(rename = "type")]
    pub kind: Kind,
    /// The members of an enum, or the known items of a list of strings.
    #[serde(default)]
    pub values: Vec<Value>,
    /// Literals that are accepted beside the type.
    #[serde(default)]
    pub accepts: Vec<Value>,
    /// The smallest number.
    pub min: Option<f64>,
    /// The largest number.
    pub max: Option<f64>,
    /// Whether `null` is accepted.
    #[serde(default)]
    pub nullable: bool,
    /// What the client uses while the key is unset, where that is known.
    #[serde(default, deserialize_with = "present")]
    pub fallback: Option<Value>,
    /// How the shipped file held it, oldest first. Empty: the client knows it, the file never named it.
    pub states: Vec<State>,
    /// The keys that took its place.
    #[serde(default)]
    pub moved_to: Vec<Move>,
    /// Who reads it today.
    #[serde(default)]
    pub read: Reader,
    /// The day the last reader went. Without it, a key that nobody reads was never seen with a reader.
    pub read_until: Option<Date>,
    /// Whether a visitor can override it in the address.
    #[serde(default)]
    pub url_overridable: Overridable,
    /// What else is worth knowing.
    #[serde(default)]
    pub notes: Vec<String>,
}

/// How the shipped file held a key from one day on.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct State {
    /// The day it reached upstream's main branch.
    pub since: Date,
    /// The commit that brought it, abbreviated.
    pub commit: String,
    /// Whether the key was there.
    #[serde(rename = "state")]
    pub presence: Presence,
    /// The shipped value of an active key; objects have none.
    #[serde(default, deserialize_with = "present")]
    pub default: Option<DefaultValue>,
    /// The value shown in the comment, where it is short and not the fallback. Not necessarily the default.
    #[serde(default, deserialize_with = "present")]
    pub example: Option<Value>,
}

/// Whether a key is in the shipped file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Presence {
    /// As a member, or assigned unconditionally later.
    Active,
    /// Only in a comment.
    Documented,
    /// Not at all.
    Absent,
}

/// A shipped value.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum DefaultValue {
    /// A JavaScript expression, such as `16 / 9`.
    Expression {
        /// Its source.
        #[serde(rename = "expr")]
        source: String,
    },
    /// A literal.
    Literal(Value),
}

/// Prints the JSON or the expression.
impl fmt::Display for DefaultValue {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DefaultValue::Expression { source } => out.write_str(source),
            DefaultValue::Literal(value) => value.fmt(out),
        }
    }
}

/// Who reads a key today.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reader {
    /// The client, as far as its names tell.
    #[default]
    Client,
    /// Only the layer that translates old keys to new ones.
    Translation,
    /// The library below the client.
    Lib,
    /// Nobody: the key has no effect.
    Nobody,
}

/// Whether a visitor can override a key in the address of the meeting.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Overridable {
    /// No.
    #[default]
    Never,
    /// Only where the meeting is embedded in another page or app.
    Embedded,
    /// Yes.
    Always,
}

impl Key {
    /// How the shipped file held the key on `day`; none before it was first named.
    #[must_use]
    pub fn state_on(&self, day: Date) -> Option<&State> {
        self.states.iter().rfind(|state| state.since <= day)
    }

    /// The day since which nobody reads the key, which moved on the day `moved`; none if somebody reads it still.
    #[must_use]
    pub fn unread_since(&self, moved: Date) -> Option<Date> {
        (self.read == Reader::Nobody).then(|| self.read_until.map_or(moved, |until| until.max(moved)))
    }

    /// Whether upstream ever shipped the key with `value`. Of a default that is an expression nobody can tell, so any
    /// value may be it.
    #[must_use]
    pub fn was_shipped_as(&self, value: &Value) -> bool {
        let active = self.states.iter().filter(|state| state.presence == Presence::Active);
        active.map(|state| state.default.as_ref()).any(|default| match default {
            Some(DefaultValue::Literal(default)) => default == value,
            Some(DefaultValue::Expression { .. }) => true,
            None => matches!(value, Value::Object(_)),
        })
    }
}

impl State {
    /// Whether `value` is the default or the example.
    pub(super) fn holds(&self, value: &Value) -> bool {
        let is_default = matches!(&self.default, Some(DefaultValue::Literal(default)) if default == value);
        is_default || self.example.as_ref() == Some(value)
    }
}

/// What is known about the key `path` of `file`.
#[must_use]
pub fn key(file: ConfigFile, path: &KeyPath) -> Option<Key> {
    file.table().matching(&name(path)?).find_map(parse)
}

/// The same, if nobody reads the key or another took its place. What the text of any other key tells is enough to
/// leave it alone, so that asking for many keys is cheap.
#[must_use]
pub fn fate(file: ConfigFile, path: &KeyPath) -> Option<Key> {
    let is_told = |line: &&str| line.contains("\"read\":\"nobody\"") || line.contains("\"moved_to\":");
    file.table().matching(&name(path)?).find(is_told).and_then(parse)
}

/// Every known key of `file`, sorted.
pub fn keys(file: ConfigFile) -> impl Iterator<Item = KeyPath> {
    file.table().lines().map(|line| KeyPath::dotted(head(line)))
}

/// The same path in the other file, if that file has it.
#[must_use]
pub fn elsewhere(file: ConfigFile, path: &KeyPath) -> Option<(ConfigFile, KeyPath)> {
    let other = file.other();
    other.table().matching(&name(path)?).next().map(|_| (other, path.clone()))
}

/// The path as the data write it. A segment that holds a dot is no key of Jitsi Meet's, nor is the root.
pub(super) fn name(path: &KeyPath) -> Option<String> {
    let plain = !path.is_root() && path.segments().iter().all(|segment| !segment.contains('.'));
    plain.then(|| path.segments().join("."))
}
