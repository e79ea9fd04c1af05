//! The pages of the client that name the product, and the elements that do.

use serde::Deserialize;

use super::table::{Table, present};
use crate::value::Value;

/// An element of a page that says what a line of the brand says.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct PageElement {
    /// The page, below the web client; its name may hold one `*`.
    pub page: String,
    /// The selector of the element: `meta[property=og:title]`.
    pub element: String,
    /// The attribute; none for the element's text.
    pub attribute: Option<String>,
    /// The line of the brand.
    pub says: String,
    /// Whether upstream's name is replaced in a longer text, and not the whole of it.
    #[serde(default)]
    pub names: bool,
}

impl PageElement {
    /// Whether it is an element of the page `name`.
    #[must_use]
    pub fn is_of(&self, name: &str) -> bool {
        is_page(&self.page, name)
    }
}

/// A member of `manifest.json` that says what a line of the brand says.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct ManifestMember {
    /// Its name.
    pub member: String,
    /// The line of the brand.
    pub says: String,
    /// What it is wherever that line is written; none for what the line says.
    #[serde(default, deserialize_with = "present")]
    pub value: Option<Value>,
    /// Whether it is left out where upstream has none.
    #[serde(default)]
    pub if_there: bool,
    /// The line of the brand that, where it is `true`, lets it be as upstream has it.
    pub unless: Option<String>,
}

/// Whether `pattern`, which may hold one `*` for a part of a name, is the page `name`.
pub(super) fn is_page(pattern: &str, name: &str) -> bool {
    match pattern.split_once('*') {
        Some((before, after)) => {
            let middle = name.strip_prefix(before).and_then(|rest| rest.strip_suffix(after));
            middle.is_some_and(|middle| !middle.contains('/'))
        }
        None => pattern == name,
    }
}

/// Every member of `manifest.json` that carries a wish.
pub fn manifest_members() -> impl Iterator<Item = ManifestMember> {
    MANIFEST.records()
}

/// Every element that names the product.
pub fn page_elements() -> impl Iterator<Item = PageElement> {
    PAGES.records()
}

static MANIFEST: Table = Table(include_str!("data/manifest.jsonl"));
static PAGES: Table = Table(include_str!("data/pages.jsonl"));
