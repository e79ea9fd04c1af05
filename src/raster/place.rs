//! Where a logo stands in a picture: sizes and places only, no pixels.
//!
//! Reckoned with the four basic operations and the square root alone, which every processor rounds alike.

use super::number::rounded;
use super::{Align, Error, Fit, LONGEST_MADE, Recipe};

/// The share of a maskable icon's side that its safe circle is across.
const SAFE: f64 = 0.8;

/// The widest free border, in percent.
const WIDEST_PADDING: u8 = 45;

/// A rectangle with fractions of a pixel.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Frame {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

/// A logo in a picture: which part of the logo is shown, and where, in whole px.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Place {
    pub(super) part: Frame,
    pub(super) left: u32,
    pub(super) top: u32,
    pub(super) width: u32,
    pub(super) height: u32,
}

/// The room of one picture and the rules for it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Room {
    pub(super) width: u32,
    pub(super) height: u32,
    padding: u8,
    fit: Fit,
    safe_zone: bool,
}

impl Room {
    /// The room `recipe` leaves in a picture of this size.
    ///
    /// # Errors
    /// `Recipe`.
    pub(super) fn new(recipe: &Recipe, width: u32, height: u32) -> Result<Self, Error> {
        let sides = 1..=LONGEST_MADE;
        if !sides.contains(&width) || !sides.contains(&height) || recipe.padding > WIDEST_PADDING {
            return Err(Error::Recipe { width, height, padding: recipe.padding });
        }
        let Recipe { padding, fit, safe_zone, .. } = *recipe;
        Ok(Room { width, height, padding, fit, safe_zone })
    }

    /// The room without what stands empty around something of this size.
    pub(super) fn shrunk(self, content: Frame) -> Self {
        let Place { width, height, .. } = self.place(content);
        Room { width, height, padding: 0, ..self }
    }

    /// Where something of this size stands in it.
    pub(super) fn place(self, content: Frame) -> Place {
        let (scale, free) = match self.fit {
            Fit::Cover => return self.covered(content),
            Fit::Contain(_) => self.scale(content),
        };
        let width = rounded(content.width * scale).clamp(1, self.width);
        let height = rounded(content.height * scale).clamp(1, self.height);
        let left = match self.fit {
            Fit::Contain(Align::Left) => rounded(free).min(self.width - width),
            _ => (self.width - width) / 2,
        };
        Place { part: content, left, top: (self.height - height) / 2, width, height }
    }

    /// Where something of this size stands, before rounding: left, top, and how much larger it is.
    pub(super) fn exactly(self, content: Frame) -> (f64, f64, f64) {
        let (scale, free) = self.scale(content);
        let centre = |room: u32, length: f64| (f64::from(room) - length * scale) / 2.0;
        let left = match self.fit {
            Fit::Contain(Align::Left) => free,
            _ => centre(self.width, content.width),
        };
        (left, centre(self.height, content.height), scale)
    }

    /// Whether it is filled, and what stands out cut off.
    pub(super) fn is_covered(self) -> bool {
        self.fit == Fit::Cover
    }

    /// How much larger something of this size is shown, exactly, and the border left free.
    pub(super) fn scale(self, content: Frame) -> (f64, f64) {
        let (width, height) = (f64::from(self.width), f64::from(self.height));
        let free = width.min(height) * f64::from(self.padding) / 100.0;
        let horizontal = (width - 2.0 * free) / content.width;
        let vertical = (height - 2.0 * free) / content.height;
        let fitting = match self.fit {
            Fit::Cover => return ((width / content.width).max(height / content.height), 0.0),
            Fit::Contain(_) => horizontal.min(vertical),
        };
        if !self.safe_zone {
            return (fitting, free);
        }
        let diagonal = (content.width * content.width + content.height * content.height).sqrt();
        // Half a pixel less, so that rounding does not reach over the circle.
        (fitting.min((width.min(height) * SAFE - 1.0).max(1.0) / diagonal), free)
    }

    fn covered(self, content: Frame) -> Place {
        let (width, height) = (f64::from(self.width), f64::from(self.height));
        let (scale, _) = self.scale(content);
        let shown_width = (width / scale).min(content.width);
        let shown_height = (height / scale).min(content.height);
        let part = Frame {
            left: content.left + (content.width - shown_width) / 2.0,
            top: content.top + (content.height - shown_height) / 2.0,
            width: shown_width,
            height: shown_height,
        };
        Place { part, left: 0, top: 0, width: self.width, height: self.height }
    }
}
