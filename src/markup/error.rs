//! Why markup is not understood, or not changed.

use crate::text::Span;

/// Why markup is not understood, or not changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// A tag without its `>`.
    #[error("the tag that opens here is not closed")]
    Tag {
        /// Its `<`.
        span: Span,
    },
    /// The value of an attribute without its last quote.
    #[error("the quote that opens here is not closed")]
    Quote {
        /// The quote.
        span: Span,
    },
    /// A comment without its `-->`.
    #[error("the comment that opens here is not closed")]
    Comment {
        /// Its `<!--`.
        span: Span,
    },
    /// An element such as `title` or `script`, which would take in the rest of the page.
    #[error("the element `{name}` that opens here is not closed")]
    Element {
        /// Its start tag.
        span: Span,
        /// Its name, in small letters.
        name: String,
    },
    /// No selector of this little language.
    #[error("`{selector}` is no selector such as `title`, `meta[description]` or `link[rel=icon]`")]
    Selector {
        /// As it was given.
        selector: String,
    },
    /// No name for an attribute.
    #[error("`{name}` is no name of an attribute")]
    Name {
        /// As it was given.
        name: String,
    },
    /// The web server or a browser could take a part of the value for a marker.
    #[error("the value holds `{marker}`, which a web server could take for a part of a server-side include")]
    Marker {
        /// `<!--#` or `-->`.
        marker: &'static str,
    },
    /// The value holds what no page can show.
    #[error("the value holds the control character U+{code:04X}")]
    Control {
        /// The character.
        code: u32,
    },
    /// The element holds other elements, code, or nothing by its nature.
    #[error("the element `{name}` does not hold plain text")]
    NotText {
        /// Its name, in small letters.
        name: String,
    },
}

impl Error {
    /// Where the trouble is, if it is in the text and not in what was asked for.
    #[must_use]
    pub fn span(&self) -> Option<Span> {
        match self {
            Error::Tag { span }
            | Error::Quote { span }
            | Error::Comment { span }
            | Error::Element { span, .. } => Some(*span),
            _ => None,
        }
    }
}
