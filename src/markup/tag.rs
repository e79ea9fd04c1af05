//! One tag: its name, its attributes, and where each of them is written.

use super::error::Error;
use crate::text::Span;

/// Elements whose content is text up to their own end tag, whatever it looks like.
const RAW: [&str; 8] = ["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"];

/// Those of them whose content is unescaped by browsers.
const ESCAPED: [&str; 2] = ["textarea", "title"];

/// An element of a [`Markup`](super::Markup): its start tag, and its end tag if there is only text between.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element {
    /// In small letters.
    pub(super) name: String,
    /// Where that name is written.
    pub(super) name_span: Span,
    /// From `<` to `>`; to that of the end tag where `content` is known.
    pub(super) span: Span,
    pub(super) attributes: Vec<Attribute>,
    /// What is between the tags, if that is text.
    pub(super) content: Option<Span>,
    /// Whether the tag ends in `/>`.
    pub(super) is_self_closed: bool,
}

impl Element {
    /// Where it is written: its tags, and the text between them.
    #[must_use]
    pub fn span(&self) -> Span {
        self.span
    }

    /// Whether its content is taken as it is.
    pub(super) fn is_raw(&self) -> bool {
        RAW.contains(&self.name.as_str())
    }

    /// Whether its content is nothing that can be escaped.
    pub(super) fn is_code(&self) -> bool {
        self.is_raw() && !ESCAPED.contains(&self.name.as_str())
    }
}

/// An attribute as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Attribute {
    /// From its name to the last quote of its value; to the `=` where no value follows that.
    pub(super) span: Span,
    pub(super) name: Span,
    pub(super) value: Option<Value>,
}

/// The value of an attribute as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Value {
    /// Between the quotes, if there are any.
    pub(super) span: Span,
    pub(super) quote: Option<char>,
}

/// Reads the tag whose `<` is at `start` and whose name is at `name_start`. `source` holds no server-side includes.
pub(super) fn read(source: &str, start: usize, name_start: usize) -> Result<Element, Error> {
    let bytes = source.as_bytes();
    let name_span = Span::new(name_start, until(bytes, name_start, |byte| is_blank(byte) || is_close(byte)));
    let mut attributes: Vec<Attribute> = Vec::new();
    let mut at = name_span.end;
    loop {
        at = until(bytes, at, |byte| !is_blank(byte) && byte != b'/');
        match bytes.get(at) {
            None => return Err(Error::Tag { span: Span::new(start, name_span.end) }),
            Some(b'>') => break,
            Some(_) => {
                let attribute = attribute(bytes, at)?;
                at = attribute.span.end;
                attributes.push(attribute);
            }
        }
    }
    let written = attributes.last().map_or(name_span.end, |attribute| attribute.span.end);
    let name = source.get(name_span.start..name_span.end).unwrap_or("").to_ascii_lowercase();
    let is_self_closed = at > written && bytes.get(at - 1) == Some(&b'/');
    Ok(Element { name, name_span, span: Span::new(start, at + 1), attributes, content: None, is_self_closed })
}

/// The attribute whose name starts at `start`; a `=` there is a part of the name.
fn attribute(bytes: &[u8], start: usize) -> Result<Attribute, Error> {
    let is_end = |byte: u8| is_blank(byte) || is_close(byte) || byte == b'=';
    let name = Span::new(start, until(bytes, start + 1, is_end));
    let equals = until(bytes, name.end, |byte| !is_blank(byte));
    if bytes.get(equals) != Some(&b'=') {
        return Ok(Attribute { span: name, name, value: None });
    }
    let at = until(bytes, equals + 1, |byte| !is_blank(byte));
    let (value, end) = match bytes.get(at) {
        None | Some(b'>') => (None, equals + 1),
        Some(b'"') => quoted(bytes, at, '"')?,
        Some(b'\'') => quoted(bytes, at, '\'')?,
        Some(_) => {
            let end = until(bytes, at, |byte| is_blank(byte) || byte == b'>');
            (Some(Value { span: Span::new(at, end), quote: None }), end)
        }
    };
    Ok(Attribute { span: Span::new(start, end), name, value })
}

/// The value in quotes whose first quote is at `start`, and where it ends.
fn quoted(bytes: &[u8], start: usize, quote: char) -> Result<(Option<Value>, usize), Error> {
    let end = until(bytes, start + 1, |byte| char::from(byte) == quote);
    if end == bytes.len() {
        return Err(Error::Quote { span: Span::new(start, start + 1) });
    }
    Ok((Some(Value { span: Span::new(start + 1, end), quote: Some(quote) }), end + 1))
}

/// The first byte from `from` on that is `wanted`; else the end.
fn until(bytes: &[u8], from: usize, wanted: impl Fn(u8) -> bool) -> usize {
    let rest = bytes.get(from..).unwrap_or_default();
    rest.iter().position(|byte| wanted(*byte)).map_or(bytes.len(), |at| from + at)
}

/// Whether `byte` ends a name in a tag and is no blank.
pub(super) fn is_close(byte: u8) -> bool {
    matches!(byte, b'/' | b'>')
}

/// What HTML calls white space.
pub(super) fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0c')
}
