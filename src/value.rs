//! What a configuration key can hold, and the path that names a key.
//!
//! `Value` is exactly what JSON can say. It carries no spelling: how a value was written stays in the file.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{SerializeMap as _, Serializer};

/// A literal value, as JSON knows them.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[serde(untagged)]
pub enum Value {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A JavaScript number. Integers are exact up to 2^53.
    Number(f64),
    /// A string.
    String(String),
    /// A list.
    Array(Vec<Value>),
    /// Members in the order they were written.
    #[serde(serialize_with = "members")]
    Object(Vec<(String, Value)>),
}

impl Value {
    /// Which kind of value this is, in the words of the catalogue.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Value::Null => "null",
            Value::Bool(_) => "boolean",
            Value::Number(_) => "number",
            Value::String(_) => "string",
            Value::Array(_) => "array",
            Value::Object(_) => "object",
        }
    }

    /// The string inside, if this is one.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        if let Value::String(text) = self { Some(text) } else { None }
    }

    /// The value of the member `name`, if this is an object that has it. The last of several wins, as in JavaScript.
    #[must_use]
    pub fn member(&self, name: &str) -> Option<&Value> {
        let Value::Object(members) = self else { return None };
        members.iter().rev().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    /// The value at `path` below this one.
    #[must_use]
    pub fn at(&self, path: &KeyPath) -> Option<&Value> {
        path.segments().iter().try_fold(self, |value, segment| value.member(segment))
    }

    /// Puts `value` at the path of `segments` below this one; what is no object on the way becomes one.
    pub fn insert(&mut self, segments: &[String], value: Value) {
        let Some((first, rest)) = segments.split_first() else {
            *self = value;
            return;
        };
        if !matches!(self, Value::Object(_)) {
            *self = Value::Object(Vec::new());
        }
        let Value::Object(members) = self else { return };
        let at = members.iter().rposition(|(key, _)| key == first).unwrap_or_else(|| {
            members.push((first.clone(), Value::Null));
            members.len() - 1
        });
        if let Some((_, member)) = members.get_mut(at) {
            member.insert(rest, value);
        }
    }

    /// Every leaf below this value with its path. Arrays and empty objects are leaves.
    #[must_use]
    pub fn leaves(&self, below: &KeyPath) -> Vec<(KeyPath, Value)> {
        match self {
            Value::Object(members) if !members.is_empty() => {
                members.iter().flat_map(|(key, value)| value.leaves(&below.child(key))).collect()
            }
            leaf => vec![(below.clone(), leaf.clone())],
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Value::String(text.to_owned())
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Value::Bool(value)
    }
}

/// Prints the value as JSON, for people: `'fellow'` is shown as `"fellow"`.
impl fmt::Display for Value {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Number(number) => write!(out, "{}", JavaScriptNumber(*number)),
            Value::Array(items) => {
                out.write_str("[")?;
                for (index, item) in items.iter().enumerate() {
                    write!(out, "{}{item}", if index == 0 { "" } else { ", " })?;
                }
                out.write_str("]")
            }
            Value::Object(members) => {
                out.write_str("{")?;
                for (index, (key, item)) in members.iter().enumerate() {
                    let comma = if index == 0 { " " } else { ", " };
                    write!(out, "{comma}{}: {item}", Value::String(key.clone()))?;
                }
                out.write_str(if members.is_empty() { "}" } else { " }" })
            }
            other => out.write_str(&serde_json::to_string(other).map_err(|_| fmt::Error)?),
        }
    }
}

/// A number as JavaScript prints it: `5` rather than `5.0`.
pub struct JavaScriptNumber(
    /// The number.
    pub f64,
);

impl fmt::Display for JavaScriptNumber {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            number if number.is_nan() => out.write_str("NaN"),
            number if number.is_infinite() => {
                out.write_str(if number > 0.0 { "Infinity" } else { "-Infinity" })
            }
            number => write!(out, "{number}"),
        }
    }
}

/// The path of a key: `deeplinking.desktop.appName` has three segments. A segment may hold any character.
#[derive(
    Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, serde::Serialize, serde::Deserialize,
)]
#[serde(transparent)]
pub struct KeyPath(Vec<String>);

impl KeyPath {
    /// The path of these segments.
    #[must_use]
    pub fn new(segments: Vec<String>) -> Self {
        KeyPath(segments)
    }

    /// The path written with dots; no segment may hold one. An empty text is the root.
    #[must_use]
    pub fn dotted(text: &str) -> Self {
        KeyPath(text.split('.').filter(|segment| !segment.is_empty()).map(str::to_owned).collect())
    }

    /// The segments, outermost first.
    #[must_use]
    pub fn segments(&self) -> &[String] {
        &self.0
    }

    /// Whether this is the root itself.
    #[must_use]
    pub fn is_root(&self) -> bool {
        self.0.is_empty()
    }

    /// The path one segment below.
    #[must_use]
    pub fn child(&self, segment: &str) -> Self {
        let mut segments = self.0.clone();
        segments.push(segment.to_owned());
        KeyPath(segments)
    }

    /// The first `depth` segments.
    #[must_use]
    pub fn prefix(&self, depth: usize) -> Self {
        KeyPath::new(self.segments().iter().take(depth).cloned().collect())
    }

    /// The path without its last segment, or none for the root.
    #[must_use]
    pub fn parent(&self) -> Option<Self> {
        let (_, above) = self.0.split_last()?;
        Some(KeyPath(above.to_vec()))
    }

    /// The last segment, or none for the root.
    #[must_use]
    pub fn last(&self) -> Option<&str> {
        self.0.last().map(String::as_str)
    }

    /// Whether `other` is this path or lies below it.
    #[must_use]
    pub fn contains(&self, other: &KeyPath) -> bool {
        other.0.starts_with(&self.0)
    }

    /// The segments of this path below `above`, if it lies there.
    #[must_use]
    pub fn below(&self, above: &KeyPath) -> Option<&[String]> {
        self.0.strip_prefix(above.0.as_slice())
    }
}

/// Prints `a.b`; a segment that is no plain name is quoted: `a."b.c"`.
impl fmt::Display for KeyPath {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, segment) in self.0.iter().enumerate() {
            if index > 0 {
                out.write_str(".")?;
            }
            let plain = !segment.is_empty()
                && segment.chars().all(|letter| letter.is_alphanumeric() || "_$-".contains(letter));
            if plain {
                out.write_str(segment)?;
            } else {
                write!(out, "{}", Value::String(segment.clone()))?;
            }
        }
        Ok(())
    }
}

/// Members of an object as a JSON object, order kept.
fn members<S: Serializer>(members: &[(String, Value)], out: S) -> Result<S::Ok, S::Error> {
    let mut map = out.serialize_map(Some(members.len()))?;
    for (key, value) in members {
        map.serialize_entry(key, value)?;
    }
    map.end()
}

/// Any JSON, in one pass: a derived reader would first keep what it has read and then try every variant on it.
impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(AnyJson)
    }
}

struct AnyJson;

impl<'de> Visitor<'de> for AnyJson {
    type Value = Value;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(Value::Number(number))
    }

    #[expect(clippy::cast_precision_loss, reason = "a number of JavaScript is a double")]
    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Number(number as f64))
    }

    #[expect(clippy::cast_precision_loss, reason = "a number of JavaScript is a double")]
    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(Value::Number(number as f64))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::String(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Value, E> {
        Ok(Value::String(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(Value::Object(members))
    }
}
