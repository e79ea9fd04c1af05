//! What an SVG uses that will not survive: told from its elements, attributes and styles before it is drawn.

use std::collections::{BTreeMap, BTreeSet};

use resvg::usvg::roxmltree::{Document, Node};

use crate::raster::{Lost, Remark};

/// What is looked for in styles and in the values of attributes.
const IN_STYLES: &[(&str, Lost)] = &[
    ("prefers-color-scheme", Lost::ColourScheme),
    ("var(", Lost::Variables),
    ("oklch(", Lost::WideColours),
    ("oklab(", Lost::WideColours),
    ("lab(", Lost::WideColours),
    ("lch(", Lost::WideColours),
    ("color(", Lost::WideColours),
    ("color-mix(", Lost::WideColours),
    ("@keyframes", Lost::Animation),
    ("@import", Lost::Imports),
    ("@font-face", Lost::Imports),
];

/// The most references outside that are told one by one.
const TOLD: usize = 8;

/// Everything found, most important first in the order of `Lost`, then the references outside.
pub(super) fn remarks(document: &Document<'_>) -> Vec<Remark> {
    let mut found = Found::default();
    for node in document.descendants() {
        if node.is_text() && node.parent_element().is_some_and(|parent| parent.tag_name().name() == "style") {
            found.style(node.text().unwrap_or_default());
        }
        if node.is_element() {
            found.element(node);
        }
    }
    let lost = found.lost.into_iter().map(|(feature, count)| Remark::Lost { feature, count });
    let outside = found.outside.into_iter().take(TOLD).map(|reference| Remark::External { reference });
    lost.chain(outside).collect()
}

#[derive(Default)]
struct Found {
    lost: BTreeMap<Lost, usize>,
    outside: BTreeSet<String>,
}

impl Found {
    fn note(&mut self, feature: Lost) {
        *self.lost.entry(feature).or_default() += 1;
    }

    fn element(&mut self, node: Node<'_, '_>) {
        match node.tag_name().name() {
            "script" => self.note(Lost::Scripts),
            "foreignObject" => self.note(Lost::ForeignObject),
            "animate" | "animateTransform" | "animateMotion" | "animateColor" | "set" => {
                self.note(Lost::Animation);
            }
            _ => {}
        }
        // What an `<a>` points to is a link, not a part of the picture; it is left out without a word.
        let is_link = node.tag_name().name() == "a";
        for attribute in node.attributes() {
            match attribute.name() {
                "href" if !is_link => self.reference(attribute.value()),
                "href" => {}
                name if name.len() > 2 && name.starts_with("on") => self.note(Lost::Scripts),
                _ => self.style(attribute.value()),
            }
        }
    }

    fn style(&mut self, text: &str) {
        // Most values are numbers and names.
        if !text.contains(['(', '@']) {
            return;
        }
        let text = text.to_ascii_lowercase();
        for (mark, feature) in IN_STYLES {
            let starts_word =
                |at: &usize| !text[..*at].ends_with(|before: char| before.is_alphanumeric() || before == '-');
            let count = text.match_indices(mark).filter(|(at, _)| starts_word(at)).count();
            (0..count).for_each(|_| self.note(*feature));
        }
        for inner in text.split("url(").skip(1) {
            let inner = inner.split(')').next().unwrap_or_default();
            self.reference(
                inner.trim_matches(|letter: char| letter.is_whitespace() || "'\"".contains(letter)),
            );
        }
    }

    fn reference(&mut self, value: &str) {
        let value = value.trim();
        if !value.is_empty() && !value.starts_with('#') && !value.starts_with("data:") {
            self.outside.insert(value.chars().take(80).collect());
        }
    }
}
