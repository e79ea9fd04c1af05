//! The places where a visitor meets the brand, and which line of the brand feeds which of them.

use serde::Deserialize;

use super::date::Date;
use super::file::ConfigFile;
use super::table::{Table, dotted, head, parse};
use crate::value::KeyPath;

/// A place where a visitor meets the brand.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Surface {
    /// Its name in the catalogue: `watermark`.
    pub id: String,
    /// What it is, in words.
    pub title: String,
    /// Where it is set, through the years.
    pub targets: Vec<Target>,
    /// The text that upstream ships there.
    pub shipped: Option<String>,
    /// The visible box, width and height in px.
    pub box_px: Option<[u32; 2]>,
    /// The largest box that the page's style allows, in px.
    pub max_px: Option<[u32; 2]>,
    /// The size of the picture that upstream ships, in px.
    pub shipped_px: Option<[u32; 2]>,
    /// The size that a picture should have there, in px.
    pub recommended_px: Option<[u32; 2]>,
    /// How the picture is fitted into its box, in the words of CSS.
    pub fit: Option<String>,
    /// The formats that work there.
    #[serde(default)]
    pub formats: Vec<String>,
    /// Why returning visitors may be shown an older one.
    pub cache_key: Option<String>,
    /// Whether its text is fixed in the client.
    #[serde(default)]
    pub fixed_text: bool,
}

/// One place where a surface is set.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum Target {
    /// A key of a configuration file.
    Key(KeyTarget),
    /// A file of the package.
    Asset(AssetTarget),
}

/// A key that sets a surface.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct KeyTarget {
    /// Its file.
    pub file: ConfigFile,
    /// Its path.
    #[serde(deserialize_with = "dotted")]
    pub path: KeyPath,
    /// The day since which it counts.
    pub since: Date,
    /// The day on which another took its place.
    pub until: Option<Date>,
    /// Whether it is honoured after that day too.
    #[serde(default)]
    pub honoured_after: bool,
    /// Whether it has to be written beside the key that took its place.
    #[serde(default)]
    pub write_too: bool,
    /// Whether the surface is complete without it, so that it is only given what it says where it is set.
    #[serde(default)]
    pub optional: bool,
    /// By which part of the value it sets the surface, where that is not the whole.
    pub how: Option<String>,
}

/// A file of the package that sets a surface.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct AssetTarget {
    /// Its path below `usr/share/jitsi-meet`; the last segment may hold a `*`.
    pub asset: String,
    /// The day since which it counts, where that is known.
    pub since: Option<Date>,
    /// The day on which another took its place.
    pub until: Option<Date>,
    /// The elements of a page, as `meta[property=og:title]`.
    #[serde(default)]
    pub elements: Vec<String>,
    /// The members of a JSON file.
    #[serde(default)]
    pub members: Vec<String>,
    /// The visible box, width and height in px.
    pub box_px: Option<[u32; 2]>,
    /// The share of the picture that is never cut off.
    pub safe_zone: Option<f64>,
    /// By which part of the file, in words.
    pub how: Option<String>,
    /// The names of its siblings.
    pub pattern: Option<String>,
    /// Whether the package lacks the file, though the client asks for it.
    #[serde(default)]
    pub not_shipped: bool,
}

/// A surface that a line of the brand feeds.
#[derive(Clone, Debug, PartialEq)]
pub struct BrandSurface {
    /// The surface.
    pub surface: Surface,
    /// Those keys of it that take the wish's value.
    pub keys: Vec<KeyTarget>,
    /// The wish that takes precedence, if it is made.
    pub unless: Option<String>,
    /// Whether the keys take the contrary of the wish.
    pub inverted: bool,
    /// Whether the wish is carried without it, where a version lacks it.
    pub along: bool,
    /// Whether the keys take the wish only where it is `false` for all hosts, as they hold more than it speaks of.
    pub if_all_off: bool,
}

impl Surface {
    /// The keys that set it.
    pub fn keys(&self) -> impl Iterator<Item = &KeyTarget> {
        self.targets.iter().filter_map(|target| if let Target::Key(key) = target { Some(key) } else { None })
    }

    /// The files that set it.
    pub fn assets(&self) -> impl Iterator<Item = &AssetTarget> {
        self.targets
            .iter()
            .filter_map(|target| if let Target::Asset(asset) = target { Some(asset) } else { None })
    }
}

/// The surface of that name.
#[must_use]
pub fn surface(id: &str) -> Option<Surface> {
    SURFACES.lines().find(|line| head(line) == id).and_then(parse)
}

/// Every surface.
pub fn surfaces() -> impl Iterator<Item = Surface> {
    SURFACES.records()
}

/// The surfaces that the brand's `wish` (`people.remote`) feeds through keys.
#[must_use]
pub fn brand_surfaces(wish: &str) -> Vec<BrandSurface> {
    BRAND.lines().filter(|line| head(line) == wish).filter_map(parse).filter_map(fed).collect()
}

/// Every line of the brand that feeds a key, in the order of `brand.toml`.
#[must_use]
pub fn brand_wishes() -> Vec<&'static str> {
    let mut wishes: Vec<_> = BRAND.lines().map(head).collect();
    wishes.dedup();
    wishes
}

/// A record of `brand.jsonl`.
#[derive(Deserialize)]
struct Feed {
    surface: String,
    /// The only keys that are meant; empty means all that take a whole value.
    #[serde(default)]
    only: Vec<String>,
    unless: Option<String>,
    #[serde(default)]
    inverted: bool,
    #[serde(default)]
    along: bool,
    #[serde(default)]
    if_all_off: bool,
    /// Keys that the surface itself does not list.
    #[serde(default)]
    also: Vec<KeyTarget>,
}

fn fed(feed: Feed) -> Option<BrandSurface> {
    let surface = surface(&feed.surface)?;
    let meant = |key: &&KeyTarget| match feed.only.as_slice() {
        [] => key.how.is_none(),
        only => only.contains(&key.path.to_string()),
    };
    let keys = surface.keys().filter(meant).cloned().chain(feed.also).collect();
    let Feed { unless, inverted, along, if_all_off, .. } = feed;
    Some(BrandSurface { surface, keys, unless, inverted, along, if_all_off })
}

/// How clients come by English strings that are others than those compiled in.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Labels {
    /// The day since which they take them from dynamic branding.
    pub since: Date,
    /// What there is for older ones.
    pub before: OlderLabels,
}

/// A language that is English too, and that clients read from its file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct OlderLabels {
    /// Its code: `enGB`.
    pub language: String,
    /// The day since which `LANG_DETECTION` has the browser's language go before `defaultLanguage`.
    pub browser_first_since: Date,
}

/// How clients come by English strings of an owner's own.
#[must_use]
pub fn labels() -> Option<Labels> {
    LABELS.records().next()
}

/// The day since which clients take English strings from dynamic branding.
#[must_use]
pub fn labels_since() -> Option<Date> {
    labels().map(|labels| labels.since)
}

static LABELS: Table = Table(include_str!("data/labels.jsonl"));
static SURFACES: Table = Table(include_str!("data/surfaces.jsonl"));
static BRAND: Table = Table(include_str!("data/brand.jsonl"));
