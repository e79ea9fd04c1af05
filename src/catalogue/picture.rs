//! The pictures that a visitor meets, and how each is made: its shape, and where it is put.

use serde::Deserialize;

use super::table::Table;
use crate::digest::Digest;

/// A picture that is made from one of the brand's.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct PictureFact {
    /// Its name in the catalogue and in `brand.lock`: `icon-192`.
    pub id: String,
    /// What it is, in words.
    pub title: String,
    /// The lines of the brand that it may be made from; the first that is written counts.
    pub wishes: Vec<String>,
    /// What kind of file it is.
    pub format: PictureFormat,
    /// Width and height in px; with `shrink` the most that they may be.
    pub size: [u32; 2],
    /// The sides in px of the pictures in an `.ico`.
    #[serde(default)]
    pub sides: Vec<u32>,
    /// Whether its canvas is no larger than what is drawn on it.
    #[serde(default)]
    pub shrink: bool,
    /// The blank border, in percent of the shorter side.
    #[serde(default)]
    pub padding: u8,
    /// The colour behind it, for one that must be opaque; `logo.background` takes its place.
    pub behind: Option<String>,
    /// Whether the drawing stays inside the circle that no mask cuts off.
    #[serde(default)]
    pub safe_zone: bool,
    /// The line of the brand whose picture fills the whole canvas.
    pub covers: Option<String>,
    /// What its file is called below `images/rebrand`, before the digest.
    pub served: Option<String>,
    /// Files of the package that it replaces, where they are there.
    #[serde(default)]
    pub files: Vec<String>,
    /// Files that it is put at, whether they are there or not.
    #[serde(default)]
    pub adds: Vec<String>,
    /// The elements of `title.html` that name it.
    #[serde(default)]
    pub links: Vec<String>,
    /// The icon of `manifest.json` that it is: its `sizes`, and its `purpose` if it has one.
    #[serde(default)]
    pub manifest: Vec<String>,
    /// The surface whose keys, where a client has them, make it needless.
    pub unless_key_of: Option<String>,
    /// The key of `interface_config.js` that must be true, or it is not shown.
    pub when_set: Option<String>,
    /// The files of upstream's that visitors see there otherwise.
    #[serde(default)]
    pub shipped_as: Vec<String>,
    /// The colours that it is seen on.
    #[serde(default)]
    pub seen_on: Vec<String>,
    /// The line of the brand that colours what it is seen on, in the place of `seen_on`.
    pub coloured_by: Option<String>,
    /// The colours that it is seen on whatever that line says.
    #[serde(default)]
    pub elsewhere_on: Vec<String>,
}

impl PictureFact {
    /// Whether keys of the configuration name its file, and not `title.html` or `manifest.json`.
    #[must_use]
    pub fn is_named_by_keys(&self) -> bool {
        self.served.is_some() && self.links.is_empty() && self.manifest.is_empty()
    }
}

/// What kind of file a picture is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PictureFormat {
    /// An SVG if it is made from one, else a PNG.
    Drawing,
    /// An SVG, and only made from one.
    Svg,
    /// A PNG.
    Png,
    /// An ICO of several sizes.
    Ico,
}

/// Every picture.
pub fn pictures() -> impl Iterator<Item = PictureFact> {
    PICTURES.records()
}

/// Whether upstream shipped a picture of these bytes, in one of the versions that were looked at.
#[must_use]
pub fn is_shipped_picture(digest: &Digest) -> bool {
    SHIPPED.matching(digest.as_str()).next().is_some()
}

static SHIPPED: Table = Table(include_str!("data/shipped_pictures.jsonl"));
/// The pictures, in an order that a reader follows.
const PICTURES: Table = Table(include_str!("data/pictures.jsonl"));
