//! The tree of a TOML file: keys and values with their places, in the order they are written.
//!
//! It holds what was written, and judges nothing: a number too great for us is there as such.

use std::ops::Range;

use ::toml::Spanned;
use ::toml::de::{DeInteger, DeTable, DeValue};

use crate::text::Span;

/// A key and what it holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The key, unquoted; of `a.b = 1` one segment.
    pub key: String,
    /// Where the key is written.
    pub key_span: Span,
    /// What it holds.
    pub node: Node,
}

impl Entry {
    /// The key with its value.
    #[must_use]
    pub fn span(&self) -> Span {
        Span::new(self.key_span.start, self.node.span.end.max(self.key_span.end))
    }
}

/// A value and where it is written.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Where it is written; of a table with a header, the header.
    pub span: Span,
    /// The value.
    pub content: Content,
}

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// A string.
    String(String),
    /// A whole number, or none where it does not fit 64 bits.
    Integer(Option<i64>),
    /// Any other number, `nan` and `inf` too.
    Float(f64),
    /// `true` or `false`.
    Bool(bool),
    /// A date, a time or both.
    Date,
    /// A list.
    List(Vec<Node>),
    /// A table, inline, with a header or made by dots.
    Table(Vec<Entry>),
}

impl Content {
    /// What this is, for a message: `a string`.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Content::String(_) => "a string",
            Content::Integer(_) | Content::Float(_) => "a number",
            Content::Bool(_) => "a boolean",
            Content::Date => "a date",
            Content::List(_) => "a list",
            Content::Table(_) => "a table",
        }
    }
}

/// The entries of `table`, sorted by place.
pub(super) fn entries(table: DeTable<'_>) -> Vec<Entry> {
    let mut entries: Vec<Entry> = table
        .into_iter()
        .map(|(key, value)| {
            let (key_span, node) = (span(key.span()), node(value));
            // What the parser makes up for a value that it cannot read has no place of its own.
            let is_made_up = !matches!(node.content, Content::Table(_)) && node.span.end <= key_span.start;
            let node = if is_made_up { Node { span: Span::empty(key_span.end), ..node } } else { node };
            Entry { key_span, key: key.into_inner().into_owned(), node }
        })
        .collect();
    entries.sort_by_key(|entry| entry.key_span);
    entries
}

fn node(value: Spanned<DeValue<'_>>) -> Node {
    let span = span(value.span());
    let content = match value.into_inner() {
        DeValue::String(text) => Content::String(text.into_owned()),
        DeValue::Integer(integer) => Content::Integer(whole(&integer)),
        DeValue::Float(float) => Content::Float(float.as_str().parse().unwrap_or(f64::NAN)),
        DeValue::Boolean(value) => Content::Bool(value),
        DeValue::Datetime(_) => Content::Date,
        DeValue::Array(items) => Content::List(items.into_iter().map(node).collect()),
        DeValue::Table(table) => Content::Table(entries(table)),
    };
    Node { span, content }
}

fn whole(integer: &DeInteger<'_>) -> Option<i64> {
    i64::from_str_radix(integer.as_str(), integer.radix()).ok()
}

fn span(range: Range<usize>) -> Span {
    Span::new(range.start, range.end)
}
