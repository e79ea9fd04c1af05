//! The few elements of `title.html` and friends: find them, read them, change them byte by byte.
//!
//! A page is scanned, never reprinted: a change is a splice, so bytes outside it stay as they are, whatever their
//! line ends, quotes and letter case. Server-side includes are text, also inside an attribute with their own quotes.
//! Tags are cut as browsers cut them; what a browser repairs (missing end tags, elements in wrong places) is not.

mod edit;
mod entity;
mod error;
mod scan;
mod select;
mod tag;

pub use error::Error;
pub use tag::Element;

use crate::text::{Span, Splice, Text, include};

/// A page, or a fragment of one, and its elements.
#[derive(Clone, Debug)]
pub struct Markup {
    text: Text,
    elements: Vec<Element>,
    /// Where text stands between tags.
    texts: Vec<Span>,
}

impl Markup {
    /// Scans `text`.
    ///
    /// # Errors
    /// When a tag, a quote, a comment, or an element such as `title` or `script` is not closed.
    pub fn parse(text: Text) -> Result<Self, Error> {
        let (elements, texts) = scan::scanned(text.as_str())?;
        Ok(Markup { text, elements, texts })
    }

    /// What was scanned.
    #[must_use]
    pub fn text(&self) -> &Text {
        &self.text
    }

    /// The elements that `selector` names, in the order of the text.
    ///
    /// A selector is `name`, `name[attribute]` or `name[attribute=value]`, without quotes. Letter case of names does
    /// not matter. The value has to be the whole attribute, but for `rel`, where it is one of the words of a list.
    /// Elements inside pictures (`svg`) and formulas (`math`) are not of the page, and never found.
    ///
    /// # Errors
    /// When `selector` is none.
    pub fn elements(&self, selector: &str) -> Result<Vec<Element>, Error> {
        let selector = select::Selector::parse(selector)?;
        Ok(self.elements.iter().filter(|element| selector.matches(self, element)).cloned().collect())
    }

    /// The value of an attribute, unescaped; empty if it is written without one. Of duplicates the first counts.
    #[must_use]
    pub fn attribute(&self, element: &Element, name: &str) -> Option<String> {
        let attribute = self.named(element, name).next()?;
        Some(attribute.value.map_or_else(String::new, |value| entity::unescaped(self.text.slice(value.span))))
    }

    /// The text in an element that holds nothing else, such as `title`, unescaped.
    #[must_use]
    pub fn content(&self, element: &Element) -> Option<String> {
        let written = self.text.slice(element.content?);
        Some(if element.is_code() { written.to_owned() } else { entity::unescaped(written) })
    }

    /// How the attribute `name` is written, with its name and quotes; without one, how the text in `element` is.
    #[must_use]
    pub fn source(&self, element: &Element, attribute: Option<&str>) -> Option<&str> {
        let span = match attribute {
            Some(name) => self.named(element, name).next()?.span,
            None => element.content?,
        };
        Some(self.text.slice(span))
    }

    /// Puts back what `source` told before an edit.
    #[must_use]
    pub fn set_source(&self, element: &Element, attribute: Option<&str>, source: &str) -> Option<Splice> {
        let span = match attribute {
            Some(name) => self.named(element, name).next()?.span,
            None => element.content?,
        };
        Some(Splice { span, text: source.to_owned() })
    }

    /// The elements of `self` that `other` has otherwise, by their place in the order of the text; none if it has more
    /// of them, or fewer.
    #[must_use]
    pub fn differing(&self, other: &Markup) -> Option<Vec<usize>> {
        let is_same = |(own, theirs): (&Element, &Element)| {
            self.text.slice(own.span) == other.text.slice(theirs.span) && own.name == theirs.name
        };
        let pairs = || self.elements.iter().zip(&other.elements);
        let differing = pairs().enumerate().filter(|(_, pair)| !is_same(*pair)).map(|(at, _)| at);
        (self.elements.len() == other.elements.len()).then(|| differing.collect())
    }

    /// The texts between tags, unescaped, in their order. Comments, server-side includes and what `title`, `script` and
    /// the like hold are none.
    #[must_use]
    pub fn texts(&self) -> Vec<String> {
        let said = |span: &Span| {
            let written = self.text.slice(*span);
            let includes = include::markers(written);
            let mut said = String::new();
            let mut at = 0;
            for include in includes {
                said.push_str(written.get(at..include.start).unwrap_or(""));
                at = include.end;
            }
            entity::unescaped(&(said + written.get(at..).unwrap_or("")))
        };
        self.texts.iter().map(said).filter(|text| !text.trim().is_empty()).collect()
    }

    /// Every element, in the order of the text.
    #[must_use]
    pub fn all(&self) -> &[Element] {
        &self.elements
    }

    /// The place of `element` among all, in the order of the text.
    #[must_use]
    pub fn place(&self, element: &Element) -> Option<usize> {
        self.elements.iter().position(|other| other.span == element.span)
    }

    /// The attributes of `element` that are called `name`.
    fn named<'a>(&'a self, element: &'a Element, name: &'a str) -> impl Iterator<Item = &'a tag::Attribute> {
        let is_it = move |span: Span| self.text.slice(span).eq_ignore_ascii_case(name);
        element.attributes.iter().filter(move |attribute| is_it(attribute.name))
    }
}
