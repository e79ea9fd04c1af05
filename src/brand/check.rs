//! What each kind of key accepts.
//!
//! A complaint says what is wrong and always how to mend it. What is accepted is kept as it was written, but for letters
//! of links that only browsers take: they become ASCII.

use super::key::Kind;
use super::link;
use crate::path::{PathError, ProjectPath};
use crate::text::Span;
use crate::toml::{Content, Entry, Node};
use crate::value::Value;

/// What is wrong with a value; the key's name comes before the message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Complaint {
    /// Where, if not the whole value.
    pub(super) span: Option<Span>,
    /// What is wrong: `is empty`.
    pub(super) message: String,
    /// How to mend it.
    pub(super) hint: String,
}

impl Complaint {
    /// The complaint about a whole value.
    pub(super) fn new(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Complaint { span: None, message: message.into(), hint: hint.into() }
    }
}

/// The value of `node` for a key of this kind; `source` says how something is written.
pub(super) fn value<'s>(
    kind: Kind,
    node: &Node,
    source: &dyn Fn(Span) -> &'s str,
) -> Result<Value, Vec<Complaint>> {
    match (kind, &node.content) {
        (Kind::Bool, Content::Bool(value)) => Ok(Value::Bool(*value)),
        (Kind::Bool, other) => Err(vec![not_a_boolean(other)]),
        (Kind::Pictures, Content::Table(entries)) => pictures(entries, source),
        (_, Content::String(text)) => {
            string(kind, text).map(Value::String).map_err(|complaint| vec![complaint])
        }
        (_, other) => Err(vec![not_a_string(other, source(node.span))]),
    }
}

/// The string `text` as a key of this kind takes it.
fn string(kind: Kind, text: &str) -> Result<String, Complaint> {
    line(text, if let Kind::Text(most) = kind { most } else { 2000 })?;
    let is_link = match kind {
        Kind::Link | Kind::Contact => true,
        Kind::Picture | Kind::Pictures => link::is_link(text),
        _ => false,
    };
    let text = if is_link { link::ascii(text)? } else { text.to_owned() };
    match kind {
        Kind::Text(_) | Kind::Bool => {}
        Kind::File => file(&text)?,
        Kind::Link => link::https(&text)?,
        Kind::Contact => link::contact(&text)?,
        Kind::Picture | Kind::Pictures => picture(&text)?,
        Kind::Color => color(&text)?,
    }
    Ok(text)
}

/// One line of text that shows something.
fn line(text: &str, most: usize) -> Result<(), Complaint> {
    if text.trim().is_empty() {
        return Err(Complaint::new("is empty", "leave the key out if it is not wanted"));
    }
    if text.contains(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}']) {
        return Err(Complaint::new("holds a line break", "write it on one line"));
    }
    if let Some(control) = text.chars().find(|letter| letter.is_control()) {
        let message = format!("holds the control character U+{:04X}", u32::from(control));
        return Err(Complaint::new(message, "leave it out"));
    }
    let length = text.chars().count();
    if length > most {
        return Err(Complaint::new(
            format!("has {length} characters"),
            format!("at most {most} characters have a place"),
        ));
    }
    Ok(())
}

fn picture(text: &str) -> Result<(), Complaint> {
    if link::is_link(text) {
        return link::picture(text);
    }
    if text.starts_with("//") {
        return Err(Complaint::new("has no scheme", format!("write `https:{text}`")));
    }
    if text.contains('\\') {
        let hint = format!("write `{}`", text.replace('\\', "/"));
        return Err(Complaint::new("holds a backslash", hint));
    }
    path(text, "put the picture into `brand/` and name it from there, or write an `https` link")
}

fn file(text: &str) -> Result<(), Complaint> {
    let hint = "put the file into `brand/` and name it from there";
    if link::is_link(text) || text.contains('\\') {
        return Err(Complaint::new("is no path of a file", hint));
    }
    path(text, hint)
}

fn path(text: &str, hint: &str) -> Result<(), Complaint> {
    let Err(error) = ProjectPath::new(text) else { return Ok(()) };
    let message = match error {
        PathError::Absolute(_) => "is an absolute path",
        _ => "holds an empty segment, `.` or `..`",
    };
    Err(Complaint::new(message, hint))
}

fn pictures<'s>(entries: &[Entry], source: &dyn Fn(Span) -> &'s str) -> Result<Value, Vec<Complaint>> {
    if entries.is_empty() {
        return Err(vec![Complaint::new("names no picture", "write `{ default = \"icon.svg\" }`")]);
    }
    let mut complaints = Vec::new();
    let mut members = Vec::new();
    for entry in entries {
        match sized(entry, source) {
            Ok(picture) => members.push((entry.key.clone(), picture)),
            Err(found) => complaints.extend(found),
        }
    }
    if complaints.is_empty() { Ok(Value::Object(members)) } else { Err(complaints) }
}

/// The picture of one size.
fn sized<'s>(entry: &Entry, source: &dyn Fn(Span) -> &'s str) -> Result<Value, Vec<Complaint>> {
    if entry.key != "default" && !is_size(&entry.key) {
        let hint = "sizes are `default` or the pixels of one side, from 1 to 1024".to_owned();
        let message = format!("has the unknown size `{}`", entry.key);
        return Err(vec![Complaint { span: Some(entry.key_span), message, hint }]);
    }
    let at = |complaint: Complaint| Complaint {
        span: Some(entry.node.span),
        message: format!("at `{}` {}", entry.key, complaint.message),
        hint: complaint.hint,
    };
    value(Kind::Picture, &entry.node, source).map_err(|found| found.into_iter().map(at).collect())
}

fn is_size(key: &str) -> bool {
    !key.starts_with(['0', '+']) && key.parse::<u16>().is_ok_and(|size| size <= 1024)
}

fn color(text: &str) -> Result<(), Complaint> {
    let hexadecimal = text.strip_prefix('#').is_some_and(|digits| {
        matches!(digits.len(), 3 | 4 | 6 | 8) && digits.bytes().all(|digit| digit.is_ascii_hexdigit())
    });
    if hexadecimal || is_function(text) {
        return Ok(());
    }
    let bare = matches!(text.len(), 3 | 6 | 8) && text.bytes().all(|digit| digit.is_ascii_hexdigit());
    let hint = if bare {
        format!("write `#{text}`")
    } else {
        "write `#rgb`, `#rrggbb`, `#rrggbbaa`, `rgb(0, 0, 0)` or `rgba(0, 0, 0, 0.5)`".to_owned()
    };
    Err(Complaint::new("is no colour", hint))
}

/// Whether `text` is `rgb(r, g, b)` or `rgba(r, g, b, a)`, `r` to `b` up to 255 and `a` up to 1.
fn is_function(text: &str) -> bool {
    let opacity = text.starts_with("rgba(");
    let inside = text.strip_prefix(if opacity { "rgba(" } else { "rgb(" });
    let Some(inside) = inside.and_then(|inside| inside.strip_suffix(')')) else { return false };
    let parts: Vec<&str> = inside.split(',').map(|part| part.trim_matches(' ')).collect();
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let channel = |part: &&str| digits(part) && part.parse::<u8>().is_ok();
    let alpha = |part: &&str| {
        digits(&part.replacen('.', "", 1)) && part.parse::<f64>().is_ok_and(|alpha| alpha <= 1.0)
    };
    let (channels, alphas) = parts.split_at(parts.len().min(3));
    channels.len() == 3
        && channels.iter().all(channel)
        && alphas.len() == usize::from(opacity)
        && alphas.iter().all(alpha)
}

fn not_a_boolean(content: &Content) -> Complaint {
    let hint = match content {
        Content::String(text) if text == "true" || text == "false" => {
            format!("write `{text}` without quotes")
        }
        _ => "write `true` or `false`".to_owned(),
    };
    Complaint::new(format!("is a boolean, not {}", content.kind()), hint)
}

fn not_a_string(content: &Content, source: &str) -> Complaint {
    let hint = match content {
        Content::List(_) | Content::Table(_) => "write one string in quotes".to_owned(),
        _ => format!("write it in quotes: `\"{source}\"`"),
    };
    Complaint::new(format!("is a string, not {}", content.kind()), hint)
}
