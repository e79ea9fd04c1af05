//! What static evaluation knows of a value.
//!
//! Everything that JSON can say is known exactly; everything else is a symbol that equals only itself.

use std::collections::BTreeMap;

use crate::value::{KeyPath, Value};

/// A value, as far as it can be told without running code.
#[derive(Clone, Debug, PartialEq)]
pub enum Known {
    /// `undefined`.
    Undefined,
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number.
    Number(f64),
    /// A string.
    String(String),
    /// A list.
    Array(Vec<Known>),
    /// An object.
    Object(Members),
    /// Something that only running the code would tell.
    Unknown(Box<Unknown>),
}

/// The members of an object.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Members {
    /// Those that can be told, by name.
    pub named: BTreeMap<String, Known>,
    /// What may bring others: an object that was spread into this one, or the whole that it was at first.
    pub open: Option<Box<Unknown>>,
}

/// A value that cannot be told: the expression, and what it reads.
#[derive(Clone, Debug, PartialEq)]
pub struct Unknown {
    /// The source of the expression, without comments and with single blanks.
    pub text: String,
    /// The value, at that moment, of every variable and member that it names.
    pub reads: Vec<(String, Known)>,
}

impl Known {
    /// An unknown value that is told apart by its text alone.
    pub(super) fn symbol(text: impl Into<String>) -> Self {
        Known::Unknown(Box::new(Unknown { text: text.into(), reads: Vec::new() }))
    }

    /// The value at `path` below this one; none where there is none, or where that cannot be told.
    #[must_use]
    pub fn at(&self, path: &KeyPath) -> Option<&Known> {
        path.segments().iter().try_fold(self, |known, segment| known.member(segment))
    }

    /// Whether something may be at `path` that cannot be told.
    #[must_use]
    pub fn is_open_at(&self, path: &KeyPath) -> bool {
        let mut known = self;
        for segment in path.segments() {
            match known {
                Known::Unknown(_) => return true,
                Known::Object(members) => match members.named.get(segment) {
                    Some(member) => known = member,
                    None => return members.open.is_some(),
                },
                _ => return false,
            }
        }
        matches!(known, Known::Unknown(_))
    }

    /// The value, if JSON can say it.
    #[must_use]
    pub fn to_value(&self) -> Option<Value> {
        Some(match self {
            Known::Null => Value::Null,
            Known::Bool(flag) => Value::Bool(*flag),
            Known::Number(number) if number.is_finite() => Value::Number(*number),
            Known::String(text) => Value::String(text.clone()),
            Known::Array(items) => Value::Array(items.iter().map(Known::to_value).collect::<Option<_>>()?),
            Known::Object(Members { named, open: None }) => {
                let member = |(name, known): (&String, &Known)| Some((name.clone(), known.to_value()?));
                Value::Object(named.iter().map(member).collect::<Option<_>>()?)
            }
            Known::Undefined | Known::Number(_) | Known::Object(_) | Known::Unknown(_) => return None,
        })
    }

    pub(super) fn member(&self, name: &str) -> Option<&Known> {
        match self {
            Known::Object(members) => members.named.get(name),
            Known::Array(items) => items.get(name.parse::<usize>().ok()?),
            _ => None,
        }
    }

    /// What a test of this value comes to, if that can be told.
    pub(super) fn truth(&self) -> Option<bool> {
        match self {
            Known::Undefined | Known::Null => Some(false),
            Known::Bool(flag) => Some(*flag),
            Known::Number(number) => Some(*number != 0.0 && !number.is_nan()),
            Known::String(text) => Some(!text.is_empty()),
            Known::Array(_) | Known::Object(_) => Some(true),
            Known::Unknown(_) => None,
        }
    }
}

impl From<&Value> for Known {
    fn from(value: &Value) -> Self {
        match value {
            Value::Null => Known::Null,
            Value::Bool(flag) => Known::Bool(*flag),
            Value::Number(number) => Known::Number(*number),
            Value::String(text) => Known::String(text.clone()),
            Value::Array(items) => Known::Array(items.iter().map(Known::from).collect()),
            Value::Object(members) => {
                let named = members.iter().map(|(name, value)| (name.clone(), Known::from(value))).collect();
                Known::Object(Members { named, open: None })
            }
        }
    }
}

/// Prints a plain value as JSON, and anything else as its source.
impl std::fmt::Display for Known {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.to_value(), self) {
            (Some(value), _) => value.fmt(out),
            (None, Known::Undefined) => out.write_str("undefined"),
            (None, Known::Number(number)) => crate::value::JavaScriptNumber(*number).fmt(out),
            (None, Known::Unknown(unknown)) => out.write_str(&unknown.text),
            (None, _) => out.write_str("a value that holds code"),
        }
    }
}
