//! What is wanted of a picture: formats, sizes and what surrounds the logo.
//!
//! Plain values, made by the judgement and carried to the process that draws; nothing here knows a pixel.

use serde::{Deserialize, Serialize};

/// The longest side of a picture that is made, in px.
pub const LONGEST_MADE: u32 = 4096;

/// What is made from one source, in one go, so that it is decoded once.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Job {
    /// The pictures wanted, in this order.
    pub recipes: Vec<Recipe>,
    /// How long to look for a smaller PNG.
    pub effort: Effort,
    /// The font files the brand brings, as bytes; no others are ever used. Not written with the rest.
    #[serde(skip)]
    pub fonts: Vec<Vec<u8>>,
    /// How many threads work: 0 for as many as there are cores, at most four. The bytes do not depend on it.
    pub threads: u8,
}

/// One picture wanted.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Recipe {
    /// What kind of file.
    pub format: Format,
    /// The width in px. An ICO has its own sizes; an SVG takes only the aspect from here, or its own if this is 0.
    pub width: u32,
    /// The height in px, as `width`.
    pub height: u32,
    /// The free border on every side, in percent of the shorter side; at most 45.
    pub padding: u8,
    /// What stands behind the logo; the picture is then opaque.
    pub background: Option<Colour>,
    /// How the logo fills the room inside the padding.
    pub fit: Fit,
    /// Whether the logo must stay inside the central circle of 80 %, as a maskable icon must.
    pub safe_zone: bool,
    /// Whether the picture is no larger than what is seen of the logo in it.
    pub shrink: bool,
    /// The colours it will stand on, to be told where it hardly shows.
    pub seen_on: Vec<Colour>,
}

/// A kind of file that is made.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// A PNG without metadata, as small as `Effort` finds.
    Png,
    /// An icon of several square sizes, each a PNG with eight bits and alpha.
    Ico {
        /// The sizes in px, 1 to 256 each.
        sizes: Vec<u32>,
    },
    /// The drawing itself, cleaned and written anew; only from an SVG.
    Svg,
}

/// How the logo fills its room. Its aspect is always kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fit {
    /// All of it is seen, without its transparent border.
    Contain(Align),
    /// The room is filled, and what stands out on two sides is cut off. Padding and safe zone do not apply.
    Cover,
}

/// Where a logo stands that does not fill its room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Align {
    /// In the middle.
    Centre,
    /// At the left, half-way down.
    Left,
}

/// How long to look for a smaller PNG; never a matter of time, so that the bytes are the same everywhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Effort {
    /// Level 0 of oxipng.
    Fast,
    /// Level 1 of oxipng.
    #[default]
    Thorough,
}

/// An opaque colour in sRGB.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Colour {
    /// Red.
    pub red: u8,
    /// Green.
    pub green: u8,
    /// Blue.
    pub blue: u8,
}

impl Colour {
    /// The colour of these three parts.
    #[must_use]
    pub const fn new(red: u8, green: u8, blue: u8) -> Self {
        Colour { red, green, blue }
    }
}

impl std::fmt::Display for Colour {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }
}
