//! Which pictures are made of the brand's, and how: from wishes and the catalogue to recipes.
//!
//! Pure: whether a source is a drawing is asked of the caller, and where a picture is put is for the plan to say.

use crate::brand::{Brand, BrandWish};
use crate::catalogue::{PictureFact, PictureFormat, pictures};
use crate::edit::Wish;
use crate::ground::{colour, plain_ground, seen_on};
use crate::raster::{Align, Colour, Fit, Format, Recipe};
use crate::value::Value;

/// What no colour of the catalogue lets shine through.
const WHITE: Colour = Colour::new(255, 255, 255);

/// The longest side of a sample, in px.
const SAMPLE: u32 = 128;

/// A picture that is made from the brand's.
#[derive(Clone, Debug, PartialEq)]
pub struct Artifact {
    /// What the catalogue says of it.
    pub fact: PictureFact,
    /// The wish that it carries.
    pub wish: Wish,
    /// Whether it is for one host only.
    pub is_of_a_host: bool,
    /// What it is made from: one part, or for an `.ico` one for each of its sizes.
    pub parts: Vec<Part>,
    /// The colours that it is seen on with this brand.
    pub seen_on: Vec<Colour>,
}

/// A picture as it is made from one source.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Part {
    /// The source as the brand names it: a link, or a file below `brand/`.
    pub source: String,
    /// How it is made.
    pub recipe: Recipe,
}

impl Artifact {
    /// What its name ends with.
    #[must_use]
    pub fn extension(&self) -> &'static str {
        match self.parts.first().map(|part| &part.recipe.format) {
            Some(Format::Svg) => "svg",
            Some(Format::Ico { .. }) => "ico",
            _ => "png",
        }
    }
}

/// The sources that `brand` names, each once, in the order they are written.
#[must_use]
pub fn sources(brand: &Brand) -> Vec<(&str, &Wish)> {
    let mut found: Vec<(&str, &Wish)> = Vec::new();
    for wish in &brand.wishes {
        for source in named(wish) {
            if !found.iter().any(|(other, _)| *other == source) {
                found.push((source, &wish.wish));
            }
        }
    }
    found
}

/// The pictures that are made for `brand`, on their usual grounds. `is_drawing` tells whether a source is an SVG.
#[must_use]
pub fn artifacts(brand: &Brand, is_drawing: &dyn Fn(&str) -> bool) -> Vec<Artifact> {
    let mut made: Vec<Artifact> = Vec::new();
    for fact in pictures() {
        for wish in chosen(brand, &fact) {
            let parts = parts(brand, &fact, wish, is_drawing);
            let is_new =
                !parts.is_empty() && !made.iter().any(|other| other.parts == parts && other.fact == fact);
            if is_new {
                made.push(Artifact {
                    wish: wish.wish.clone(),
                    fact: fact.clone(),
                    is_of_a_host: wish.site.is_some(),
                    parts,
                    seen_on: seen_on(brand, &fact),
                });
            }
        }
    }
    made
}

/// The wishes that `fact` is made from: the common one; for a logo that hosts have of their own, each of them.
fn chosen<'b>(brand: &'b Brand, fact: &PictureFact) -> Vec<&'b BrandWish> {
    let of = |key: &String| -> Vec<&BrandWish> {
        brand.wishes.iter().filter(|wish| wish.path.to_string() == *key).collect()
    };
    let Some(wishes) = fact.wishes.iter().map(of).find(|wishes| !wishes.is_empty()) else {
        return Vec::new();
    };
    if fact.links.is_empty() && fact.manifest.is_empty() && fact.served.is_some() {
        return wishes;
    }
    // Of a picture that all hosts share there is one.
    wishes.iter().find(|wish| wish.site.is_none()).or(wishes.first()).into_iter().copied().collect()
}

/// The part by which the logo `source` is judged where it shows: small, and on nothing.
#[must_use]
pub fn sample(source: &str) -> Part {
    let recipe = Recipe {
        format: Format::Png,
        width: SAMPLE,
        height: SAMPLE,
        padding: 0,
        background: None,
        fit: Fit::Contain(Align::Centre),
        safe_zone: false,
        shrink: true,
        seen_on: Vec::new(),
    };
    Part { source: source.to_owned(), recipe }
}

fn parts(
    brand: &Brand,
    fact: &PictureFact,
    wish: &BrandWish,
    is_drawing: &dyn Fn(&str) -> bool,
) -> Vec<Part> {
    let background = plain_ground(brand, fact);
    let covers = fact.covers.as_deref() == Some(wish.key.name);
    let part = |source: &str, format: Format, size: [u32; 2]| Part {
        source: source.to_owned(),
        recipe: Recipe {
            // A drawing keeps its own shape where it need not have another.
            width: if fact.shrink && format == Format::Svg { 0 } else { size[0] },
            height: if fact.shrink && format == Format::Svg { 0 } else { size[1] },
            format,
            padding: if covers { 0 } else { fact.padding },
            background,
            fit: if covers { Fit::Cover } else { Fit::Contain(Align::Centre) },
            safe_zone: fact.safe_zone,
            shrink: fact.shrink,
            seen_on: fact.seen_on.iter().filter_map(|text| colour(text, WHITE)).collect(),
        },
    };
    let whole = source_of(brand, wish, fact.size[0]);
    match fact.format {
        PictureFormat::Ico => {
            let sides = fact.sides.iter().filter_map(|side| Some((source_of(brand, wish, *side)?, *side)));
            let sides: Vec<(&str, u32)> = sides.collect();
            match sides.first() {
                Some((first, _)) if sides.iter().all(|(source, _)| source == first) => {
                    vec![part(first, Format::Ico { sizes: fact.sides.clone() }, fact.size)]
                }
                _ => sides
                    .iter()
                    .map(|(source, side)| part(source, Format::Ico { sizes: vec![*side] }, [*side, *side]))
                    .collect(),
            }
        }
        PictureFormat::Svg => whole
            .filter(|source| is_drawing(source))
            .map(|source| part(source, Format::Svg, fact.size))
            .into_iter()
            .collect(),
        PictureFormat::Drawing | PictureFormat::Png => {
            let is_svg = |source: &str| fact.format == PictureFormat::Drawing && is_drawing(source);
            whole
                .map(|source| part(source, if is_svg(source) { Format::Svg } else { Format::Png }, fact.size))
                .into_iter()
                .collect()
        }
    }
}

/// The source of `wish` for a picture of this `side` in px.
fn source_of<'b>(brand: &'b Brand, wish: &'b BrandWish, side: u32) -> Option<&'b str> {
    match &wish.value {
        Value::String(source) => Some(source),
        Value::Object(sizes) => {
            let of = |name: &str| {
                sizes.iter().find(|(key, _)| key.as_str() == name).and_then(|(_, value)| value.as_str())
            };
            of(&side.to_string())
                .or_else(|| of("default"))
                .or_else(|| brand.wish("logo.source", None).and_then(|logo| logo.value.as_str()))
        }
        _ => None,
    }
}

/// Every source that `wish` names.
fn named(wish: &BrandWish) -> Vec<&str> {
    use crate::brand::Kind;
    match (wish.key.kind, &wish.value) {
        (Kind::Picture | Kind::Pictures, Value::String(source)) => vec![source],
        (Kind::Pictures, Value::Object(sizes)) => {
            sizes.iter().filter_map(|(_, value)| value.as_str()).collect()
        }
        _ => Vec::new(),
    }
}
