//! What stands behind a picture: the colour that an opaque one is given, and those that the others are seen on.
//!
//! Pure: how much of a logo shows on a colour is asked of the caller. An opaque picture whose logo would hardly show on
//! its usual ground takes another one, by the brand and the logo alone, so that the same project makes the same picture.

use crate::brand::Brand;
use crate::catalogue::PictureFact;
use crate::fault::{Finding, Level, Place};
use crate::raster::Colour;

/// The share of a logo that must show on a ground.
const ENOUGH: f64 = 0.2;

const WHITE: Colour = Colour::new(255, 255, 255);

/// The ground of those meetings whose background nobody chose.
const DARK: Colour = Colour::new(4, 4, 4);

/// How much of a logo, 0 to 1, shows on a colour; none if that is not known.
pub type Showing<'s> = &'s dyn Fn(Colour) -> Option<f64>;

/// What an opaque picture stands on, and what to know about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ground {
    /// The colour.
    pub colour: Colour,
    notice: Option<Notice>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Notice {
    /// This percentage of the logo shows on the colour that the owner chose.
    Faint { percent: u8 },
    /// It is not the usual colour, on which this percentage of the logo shows, but that of a wish or one of our own.
    Instead { usual: Colour, percent: u8, wish: Option<&'static str> },
}

/// The ground of a picture of `fact` whose logo is `showing`; none if it is not opaque.
#[must_use]
pub fn ground(brand: &Brand, fact: &PictureFact, showing: Showing<'_>) -> Option<Ground> {
    let usual = colour(fact.behind.as_deref()?, WHITE)?;
    let wished = |name: &str| wish_colours(brand, name, usual).next();
    let share = |colour| showing(colour).unwrap_or(1.0);
    if let Some(colour) = wished("logo.background") {
        let faint = Notice::Faint { percent: percent(share(colour)) };
        return Some(Ground { colour, notice: (share(colour) < ENOUGH).then_some(faint) });
    }
    if share(usual) >= ENOUGH {
        return Some(Ground { colour: usual, notice: None });
    }
    let named = |name: &'static str| Some((wished(name)?, Some(name)));
    let mut of_brand = ["colors.background", "colors.theme"].into_iter().filter_map(named);
    let (colour, wish) = of_brand
        .find(|(colour, _)| share(*colour) >= ENOUGH)
        .unwrap_or((if share(WHITE) > share(DARK) { WHITE } else { DARK }, None));
    let notice = Notice::Instead { usual, percent: percent(share(usual)), wish };
    Some(Ground { colour, notice: Some(notice) })
}

/// The ground of a picture of `fact` whatever its logo looks like.
#[must_use]
pub fn plain_ground(brand: &Brand, fact: &PictureFact) -> Option<Colour> {
    ground(brand, fact, &|_| None).map(|ground| ground.colour)
}

/// The colours that a picture of `fact` is seen on: what the brand colours, in its colours.
#[must_use]
pub fn seen_on(brand: &Brand, fact: &PictureFact) -> Vec<Colour> {
    let own: Vec<Colour> = fact.seen_on.iter().filter_map(|text| colour(text, WHITE)).collect();
    let Some(name) = &fact.coloured_by else { return own };
    let mut grounds: Vec<Colour> = wish_colours(brand, name, DARK).collect();
    if grounds.is_empty() {
        return own;
    }
    if brand.wish(name, None).is_none() {
        grounds.extend(own);
    }
    grounds.extend(fact.elsewhere_on.iter().filter_map(|text| colour(text, WHITE)));
    grounds
}

/// The colours of the wish `name`: the common one first, then those of hosts.
fn wish_colours<'b>(brand: &'b Brand, name: &str, beneath: Colour) -> impl Iterator<Item = Colour> + 'b {
    let name = name.to_owned();
    let mut wishes: Vec<_> = brand.wishes.iter().filter(|wish| wish.path.to_string() == name).collect();
    wishes.sort_by_key(|wish| wish.site.is_some());
    wishes.into_iter().filter_map(move |wish| colour(wish.value.as_str()?, beneath))
}

/// What to know about the grounds of pictures, each of a source, with its title and the place of its wish: one line for
/// each source and ground.
#[must_use]
pub fn notices(grounds: &[(&str, &str, &Place, Ground)]) -> Vec<Finding> {
    let mut told: Vec<(&str, Ground)> = Vec::new();
    let mut findings = Vec::new();
    for (source, _, place, ground) in grounds {
        let Some(notice) = ground.notice.filter(|_| !told.contains(&(source, *ground))) else { continue };
        told.push((source, *ground));
        let same = grounds.iter().filter(|(other, _, _, theirs)| other == source && theirs == ground);
        let titles = same.map(|(_, title, ..)| *title).collect::<Vec<_>>().join(", ");
        let colour = ground.colour;
        findings.push(match notice {
            Notice::Faint { percent } => {
                let message = format!(
                    "`{source}` hardly shows on {colour}, which `logo.background` names ({percent} % of it does): {titles}"
                );
                Finding::new(Level::Warning, message).at(place)
            }
            Notice::Instead { usual, percent, wish } => {
                let of = wish.map(|wish| format!(", the colour of `{wish}`")).unwrap_or_default();
                let message = format!(
                    "`{source}` hardly shows on {usual} ({percent} % of it does), so these stand on {colour}{of}: {titles}"
                );
                Finding::new(Level::Note, message).at(place).hint("`logo.background` names another colour")
            }
        });
    }
    findings
}

fn percent(share: f64) -> u8 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is 0 to 100")]
    let percent = (share.clamp(0.0, 1.0) * 100.0).round() as u8;
    percent
}

/// The colour that `#rgb`, `#rrggbb`, `#rrggbbaa`, `rgb(…)` or `rgba(…)` writes, as it looks on `beneath`.
#[must_use]
pub fn colour(text: &str, beneath: Colour) -> Option<Colour> {
    let ([red, green, blue], alpha) = match text.strip_prefix('#') {
        Some(digits) => hexadecimal(digits)?,
        None => function(text)?,
    };
    let mixed = |above: u8, below: u8| {
        let sum = u32::from(above) * alpha + u32::from(below) * (255 - alpha);
        u8::try_from((sum + 127) / 255).unwrap_or(u8::MAX)
    };
    Some(Colour::new(mixed(red, beneath.red), mixed(green, beneath.green), mixed(blue, beneath.blue)))
}

/// The parts of a colour and its opacity, 0 to 255.
type Parts = ([u8; 3], u32);

fn hexadecimal(digits: &str) -> Option<Parts> {
    let digits: String = match digits.len() {
        3 | 4 => digits.chars().flat_map(|digit| [digit, digit]).collect(),
        6 | 8 => digits.to_owned(),
        _ => return None,
    };
    let digits = if digits.len() == 6 { digits + "ff" } else { digits };
    let [red, green, blue, alpha] = u32::from_str_radix(&digits, 16).ok()?.to_be_bytes();
    Some(([red, green, blue], u32::from(alpha)))
}

fn function(text: &str) -> Option<Parts> {
    let inside = text.strip_prefix("rgba(").or_else(|| text.strip_prefix("rgb("))?.strip_suffix(')')?;
    let mut parts = inside.split(',').map(str::trim);
    let mut channel = || parts.next()?.parse::<u8>().ok();
    let channels = [channel()?, channel()?, channel()?];
    let alpha = parts.next().map_or(Some(1.0), |alpha| alpha.parse::<f64>().ok())?;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is 0 to 255")]
    let alpha = (alpha.clamp(0.0, 1.0) * 255.0).round() as u32;
    Some((channels, alpha))
}

#[cfg(test)]
mod tests {
    use super::{Colour, WHITE, colour};

    #[test]
    fn every_spelling_of_a_colour_is_read() {
        let read = |text| colour(text, WHITE).map(|colour| colour.to_string());
        for text in ["#1ba", "#11bbaa", "#11bbaaff", "rgb(17, 187,170)", "rgba(17,187,170,1)"] {
            assert_eq!(read(text).as_deref(), Some("#11bbaa"), "{text}");
        }
        assert_eq!(colour("#00000080", WHITE), Some(Colour::new(127, 127, 127)));
        assert_eq!(colour("rgba(0, 0, 0, .5)", Colour::new(0, 0, 0)), Some(Colour::new(0, 0, 0)));
        for text in ["tomato", "#12", "rgb(1,2)", "var(--x)", "#gggggg"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
