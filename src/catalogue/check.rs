//! Whether a value is of a key's type, and what would be, in words.
//!
//! It judges types, not wisdom: an unknown item of a list is no mismatch, since custom toolbar buttons exist.

use serde::Deserialize;

use super::key::Key;
use crate::value::{JavaScriptNumber, Value};

/// What a key holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Text.
    String,
    /// `true` or `false`.
    Boolean,
    /// A number.
    Number,
    /// A link or the place of a picture; relative ones and the empty one count.
    Url,
    /// A CSS colour.
    Color,
    /// Text with markup.
    Html,
    /// One of the key's `values`.
    Enum,
    /// A list of strings.
    #[serde(rename = "string[]")]
    StringList,
    /// A list of lists of strings.
    #[serde(rename = "string[][]")]
    StringTable,
    /// A list of anything.
    Array,
    /// An object.
    Object,
    /// Anything: the type is not known.
    Any,
}

/// A value that a key cannot take.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("takes {expected}, not {found}")]
pub struct Mismatch {
    /// What the key takes: `a boolean`.
    pub expected: String,
    /// What it was given: ``the string `"yes"` ``.
    pub found: String,
}

impl Key {
    /// Whether the key can hold `value`. What upstream itself once shipped or showed there is always accepted:
    /// the type is today's, and the Jitsi Meet at hand may be older.
    ///
    /// # Errors
    /// When it cannot, with what it takes instead.
    pub fn check(&self, value: &Value) -> Result<(), Mismatch> {
        let excepted = self.accepts.contains(value) || (self.nullable && *value == Value::Null);
        if excepted || self.fits(value) || self.states.iter().any(|state| state.holds(value)) {
            return Ok(());
        }
        Err(Mismatch { expected: self.expected(), found: described(value) })
    }

    /// What the key takes, in words: `a boolean`, `a number from 1 to 5`.
    #[must_use]
    pub fn expected(&self) -> String {
        let words = match self.kind {
            Kind::String => "a string".to_owned(),
            Kind::Boolean => "a boolean".to_owned(),
            Kind::Number => self.expected_number(),
            Kind::Url => "a URL".to_owned(),
            Kind::Color => "a CSS colour".to_owned(),
            Kind::Html => "a string of HTML".to_owned(),
            Kind::Enum => format!("one of {}", quoted(&self.values)),
            Kind::StringList => "a list of strings".to_owned(),
            Kind::StringTable => "a list of lists of strings".to_owned(),
            Kind::Array => "a list".to_owned(),
            Kind::Object => "an object".to_owned(),
            Kind::Any => "any value".to_owned(),
        };
        let null = self.nullable.then_some(&Value::Null);
        self.accepts.iter().chain(null).fold(words, |words, literal| format!("{words} or `{literal}`"))
    }

    /// The strings of the list `value` that are none of the key's known items. A custom button is such a one.
    #[must_use]
    pub fn unknown_items(&self, value: &Value) -> Vec<String> {
        let (Kind::StringList, Value::Array(items), false) = (self.kind, value, self.values.is_empty())
        else {
            return Vec::new();
        };
        let unknown = items.iter().filter(|item| !self.values.contains(item));
        unknown.filter_map(Value::as_str).map(str::to_owned).collect()
    }

    fn fits(&self, value: &Value) -> bool {
        match (self.kind, value) {
            (Kind::Any, _)
            | (Kind::String | Kind::Html, Value::String(_))
            | (Kind::Boolean, Value::Bool(_))
            | (Kind::Array, Value::Array(_))
            | (Kind::Object, Value::Object(_)) => true,
            (Kind::Number, Value::Number(number)) => {
                self.min.is_none_or(|min| *number >= min) && self.max.is_none_or(|max| *number <= max)
            }
            (Kind::Url, Value::String(url)) => !is_script(url),
            (Kind::Color, Value::String(color)) => is_color(color),
            (Kind::Enum, value) => self.values.contains(value),
            (Kind::StringList, value) => is_string_list(value),
            (Kind::StringTable, Value::Array(rows)) => rows.iter().all(is_string_list),
            _ => false,
        }
    }

    fn expected_number(&self) -> String {
        match (self.min.map(JavaScriptNumber), self.max.map(JavaScriptNumber)) {
            (Some(min), Some(max)) => format!("a number from {min} to {max}"),
            (Some(min), None) => format!("a number from {min} up"),
            (None, Some(max)) => format!("a number up to {max}"),
            (None, None) => "a number".to_owned(),
        }
    }
}

fn is_string_list(value: &Value) -> bool {
    matches!(value, Value::Array(items) if items.iter().all(|item| matches!(item, Value::String(_))))
}

/// Whether a browser would run `url` instead of going there. Browsers skip blanks and control characters in a
/// scheme.
fn is_script(url: &str) -> bool {
    let scheme: String = url.chars().filter(|letter| *letter > ' ').take("javascript:".len()).collect();
    scheme.eq_ignore_ascii_case("javascript:")
}

/// Whether `color` has the shape of a CSS colour: `#fff`, `tomato`, `rgba(0, 0, 0, 0.5)`.
fn is_color(color: &str) -> bool {
    if let Some(digits) = color.strip_prefix('#') {
        return matches!(digits.len(), 3 | 4 | 6 | 8)
            && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    }
    let (name, arguments) = color.split_once('(').map_or((color, ")"), |(name, rest)| (name, rest));
    let is_name =
        !name.is_empty() && name.bytes().all(|letter| letter.is_ascii_alphabetic() || letter == b'-');
    is_name && arguments.ends_with(')') && !arguments.contains([';', '{', '}', '<', '"', '\''])
}

fn quoted(values: &[Value]) -> String {
    values.iter().map(|value| format!("`{value}`")).collect::<Vec<_>>().join(", ")
}

/// A value in the few words that a message has room for.
fn described(value: &Value) -> String {
    match value {
        Value::Null | Value::Bool(_) => format!("`{value}`"),
        Value::Number(_) => format!("the number `{value}`"),
        Value::String(text) if text.len() <= 60 => format!("the string `{value}`"),
        Value::String(_) => "a long string".to_owned(),
        Value::Array(items) => match items.iter().find(|item| !matches!(item, Value::String(_))) {
            Some(item) => format!("a list that holds {}", described(item)),
            None => "a list of strings".to_owned(),
        },
        Value::Object(_) => "an object".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(record: &str) -> Key {
        serde_json::from_str(&format!("{{\"path\":\"x\",\"states\":[],{record}}}")).unwrap()
    }

    fn refusal(record: &str, value: &str) -> String {
        key(record).check(&serde_json::from_str(value).unwrap()).unwrap_err().to_string()
    }

    fn accepts(record: &str, value: &str) -> bool {
        key(record).check(&serde_json::from_str(value).unwrap()).is_ok()
    }

    #[test]
    fn says_what_is_expected() {
        assert_eq!(refusal("\"type\":\"boolean\"", "\"yes\""), "takes a boolean, not the string `\"yes\"`");
        assert_eq!(
            refusal("\"type\":\"number\",\"min\":1,\"max\":5", "6"),
            "takes a number from 1 to 5, not the number `6`"
        );
        assert_eq!(
            refusal("\"type\":\"enum\",\"values\":[false,\"all\"]", "true"),
            "takes one of `false`, `\"all\"`, not `true`"
        );
        assert_eq!(
            refusal("\"type\":\"string[]\"", "[\"a\", 1]"),
            "takes a list of strings, not a list that holds the number `1`"
        );
        assert_eq!(
            refusal("\"type\":\"string[][]\"", "[\"a\"]"),
            "takes a list of lists of strings, not a list of strings"
        );
        assert_eq!(
            refusal("\"type\":\"html\",\"accepts\":[false],\"nullable\":true", "true"),
            "takes a string of HTML or `false` or `null`, not `true`"
        );
    }

    #[test]
    fn accepts_the_exceptions() {
        assert!(accepts("\"type\":\"html\",\"accepts\":[false]", "false"));
        assert!(accepts("\"type\":\"string\",\"nullable\":true", "null"));
        assert!(!accepts("\"type\":\"string\"", "null"));
        assert!(accepts("\"type\":\"any\"", "{\"a\":1}"));
        assert!(accepts("\"type\":\"object\"", "{}"));
        assert!(!accepts("\"type\":\"object\"", "[]"));
    }

    #[test]
    fn refuses_links_that_are_scripts() {
        for url in ["javascript:alert(1)", " JavaScript:x", "java\\tscript:x", "\\u0001javascript:"] {
            assert!(!accepts("\"type\":\"url\"", &format!("\"{url}\"")), "{url}");
        }
        for url in ["", "images/a.svg", "https://example.org/javascript:", "/static/javascript"] {
            assert!(accepts("\"type\":\"url\"", &format!("\"{url}\"")), "{url}");
        }
    }

    #[test]
    fn knows_a_colour_by_its_shape() {
        for color in ["#fff", "#040404", "#04040480", "tomato", "rgba(255,255,255,0.4)", "var(--page)"] {
            assert!(is_color(color), "{color}");
        }
        for color in ["", "#ff", "#ggg", "red;", "rgb(1,2", "url(\"x\")", "12px", "a b"] {
            assert!(!is_color(color), "{color}");
        }
    }

    #[test]
    fn names_unknown_items_without_refusing_them() {
        let buttons = key("\"type\":\"string[]\",\"values\":[\"camera\",\"chat\"]");
        let value = serde_json::from_str("[\"chat\",\"my-button\"]").unwrap();
        assert_eq!(buttons.check(&value), Ok(()));
        assert_eq!(buttons.unknown_items(&value), ["my-button"]);
        assert!(key("\"type\":\"string[]\"").unknown_items(&value).is_empty());
    }
}
