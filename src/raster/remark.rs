//! What a source is, and what to know about the pictures made of it.

use serde::{Deserialize, Serialize};

use super::Colour;
use super::number::rounded;

/// The share of a picture that must stand out from what is behind it.
const SHOWS: f64 = 0.2;

/// The formats that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// PNG; of an animated one the first frame.
    Png,
    /// JPEG in grey or colour.
    Jpeg,
    /// WebP; of an animated one the first frame.
    Webp,
    /// GIF; of an animated one the first frame.
    Gif,
    /// A Windows icon: its largest picture.
    Ico,
    /// A Windows bitmap.
    Bmp,
    /// TIFF: its first page.
    Tiff,
    /// SVG.
    Svg,
}

impl std::fmt::Display for Kind {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(match self {
            Kind::Png => "PNG",
            Kind::Jpeg => "JPEG",
            Kind::Webp => "WebP",
            Kind::Gif => "GIF",
            Kind::Ico => "ICO",
            Kind::Bmp => "BMP",
            Kind::Tiff => "TIFF",
            Kind::Svg => "SVG",
        })
    }
}

/// What a source is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Source {
    /// Its format.
    pub kind: Kind,
    /// Its width in px as it stands, turned as its metadata says; of an SVG in its own units, rounded.
    pub width: u32,
    /// Its height, as `width`.
    pub height: u32,
    /// Whether it is drawn anew at every size.
    pub vector: bool,
}

/// All that came of a job.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Made {
    /// The files, in the order of the recipes.
    pub pictures: Vec<Vec<u8>>,
    /// What they were made from.
    pub source: Source,
    /// What to know about them.
    pub remarks: Vec<Remark>,
}

/// Something to know about a picture. None keeps it from being used.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "kebab-case")]
pub enum Remark {
    /// The source has fewer pixels than a picture needs, which will be blurred.
    #[error(
        "the logo is {width}×{height} px without its border and is blown up to {needed_width}×{needed_height} px"
    )]
    TooSmall {
        /// Which recipe, counted from 0.
        recipe: usize,
        /// The width there is, in px, without the transparent border.
        width: u32,
        /// The height there is.
        height: u32,
        /// The width it is shown at.
        needed_width: u32,
        /// The height it is shown at.
        needed_height: u32,
    },
    /// The logo fits the box of a meeting, 71×32 px, badly.
    #[error(
        "the logo is {width}×{height} and shows at only {shown_width}×{shown_height} px in its box of 71×32 px"
    )]
    Shape {
        /// Its width, without the transparent border.
        width: u32,
        /// Its height.
        height: u32,
        /// The width it is seen at in the box, in CSS px.
        shown_width: u32,
        /// The height it is seen at.
        shown_height: u32,
    },
    /// A wide logo, or its text, is only a few pixels high in an icon.
    #[error(
        "at {size} px the letters of the logo are only {height} px high: bring a mark of its own for small sizes"
    )]
    Illegible {
        /// The size of the icon in px.
        size: u32,
        /// The height of what should be read, in px.
        height: u32,
    },
    /// The SVG uses something that is not drawn, or drawn otherwise than a browser does.
    #[error("the SVG uses {feature} ({count} times), which is not kept")]
    Lost {
        /// What.
        feature: Lost,
        /// How often.
        count: usize,
    },
    /// The SVG names something outside itself, which is left out.
    #[error("the SVG refers to `{reference}`, which is left out")]
    External {
        /// Where it points, at most 80 characters.
        reference: String,
    },
    /// The logo hardly shows on a colour that it will stand on.
    #[error("only {percent} % of it stands out on {surface}")]
    Faint {
        /// Which recipe, counted from 0.
        recipe: usize,
        /// The colour behind it.
        surface: Colour,
        /// The share of its visible area with a contrast of at least 3:1.
        percent: u8,
    },
    /// The cleaned SVG is long for something every visitor loads.
    #[error("the SVG is {bytes} bytes long: every visitor loads it")]
    LongSvg {
        /// Its length.
        bytes: u64,
    },
}

impl Remark {
    /// That of the picture of `recipe` only `share`, 0 to 1, stands out on `surface`; none if that is enough.
    #[must_use]
    pub fn faint(recipe: usize, surface: Colour, share: f64) -> Option<Self> {
        let percent = u8::try_from(rounded(share * 100.0)).unwrap_or(100);
        (share < SHOWS).then_some(Remark::Faint { recipe, surface, percent })
    }
}

/// A feature of SVG that does not survive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lost {
    /// `@media (prefers-color-scheme …)`.
    ColourScheme,
    /// `var(…)`.
    Variables,
    /// `oklch(…)`, `oklab(…)`, `lab(…)`, `lch(…)`, `color(…)`, `color-mix(…)`.
    WideColours,
    /// `<animate>`, `<set>`, `@keyframes` and their like: the first moment is kept.
    Animation,
    /// `<script>` and `on…` handlers.
    Scripts,
    /// `<foreignObject>`.
    ForeignObject,
    /// An embedded picture that is broken, too large or neither PNG nor JPEG.
    Embedded,
    /// `@import` and `@font-face`.
    Imports,
}

impl std::fmt::Display for Lost {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(match self {
            Lost::ColourScheme => "`prefers-color-scheme`",
            Lost::Variables => "`var()`",
            Lost::WideColours => "colours such as `oklch()`",
            Lost::Animation => "animation",
            Lost::Scripts => "scripts",
            Lost::ForeignObject => "`foreignObject`",
            Lost::Embedded => "embedded pictures that cannot be read",
            Lost::Imports => "`@import` or `@font-face`",
        })
    }
}
