//! Fonts for the text of an SVG: only those the brand brings, and every one that is missed is told.
//!
//! The fonts of the machine are never used, or the picture would depend on it.

use std::sync::{Arc, Mutex, PoisonError};

use resvg::usvg::fontdb::{Database, Family, ID, Query, Stretch, Style, Weight};
use resvg::usvg::{Font, FontFamily, FontResolver, FontStretch, FontStyle};

use crate::raster::Error;

/// What was asked for and not found.
#[derive(Debug, Default)]
pub(super) struct Missed(Mutex<Option<Error>>);

impl Missed {
    fn note(&self, error: Error) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
    }

    /// # Errors
    /// `Font` or `Glyph`: the first that was missed.
    pub(super) fn check(&self) -> Result<(), Error> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take().map_or(Ok(()), Err)
    }
}

/// The fonts in `files`.
pub(super) fn database(files: &[Vec<u8>]) -> Database {
    let mut fonts = Database::new();
    for file in files {
        fonts.load_font_data(file.clone());
    }
    fonts
}

/// Looks for fonts among those the brand brings.
pub(super) fn resolver(missed: &Missed) -> FontResolver<'_> {
    let fallback = FontResolver::default_fallback_selector();
    FontResolver {
        select_font: Box::new(|font, fonts| {
            let found = find(font, fonts);
            if found.is_none() {
                let families: Vec<String> = font.families().iter().map(name).collect();
                missed.note(Error::Font { family: families.join(", ") });
            }
            found
        }),
        select_fallback: Box::new(move |character, tried, fonts| {
            let found = fallback(character, tried, fonts);
            if found.is_none() {
                missed.note(Error::Glyph { character });
            }
            found
        }),
    }
}

/// A family as a person writes it, without the quotes of CSS.
fn name(family: &FontFamily) -> String {
    match family {
        FontFamily::Named(name) => name.clone(),
        general => general.to_string(),
    }
}

/// The first family that is there. `serif` and its like name no font, so they stand for the only one there is.
fn find(font: &Font, fonts: &Arc<Database>) -> Option<ID> {
    let mut families: Vec<Family<'_>> = Vec::new();
    for family in font.families() {
        match family {
            FontFamily::Named(name) => families.push(Family::Name(name)),
            _ => families.extend(only(fonts).map(Family::Name)),
        }
    }
    let stretch = match font.stretch() {
        FontStretch::UltraCondensed => Stretch::UltraCondensed,
        FontStretch::ExtraCondensed => Stretch::ExtraCondensed,
        FontStretch::Condensed => Stretch::Condensed,
        FontStretch::SemiCondensed => Stretch::SemiCondensed,
        FontStretch::Normal => Stretch::Normal,
        FontStretch::SemiExpanded => Stretch::SemiExpanded,
        FontStretch::Expanded => Stretch::Expanded,
        FontStretch::ExtraExpanded => Stretch::ExtraExpanded,
        FontStretch::UltraExpanded => Stretch::UltraExpanded,
    };
    let style = match font.style() {
        FontStyle::Normal => Style::Normal,
        FontStyle::Italic => Style::Italic,
        FontStyle::Oblique => Style::Oblique,
    };
    fonts.query(&Query { families: &families, weight: Weight(font.weight()), stretch, style })
}

/// The name of the only family, if all fonts are of one.
fn only(fonts: &Database) -> Option<&str> {
    let mut names = fonts.faces().filter_map(|face| face.families.first()).map(|(name, _)| name.as_str());
    let first = names.next()?;
    names.all(|name| name == first).then_some(first)
}
