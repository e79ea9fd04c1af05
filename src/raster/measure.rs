//! How large a picture is that this module made: told by its first bytes, whose form is known, without any parser.

use super::number::rounded;
use super::{Kind, Source, sniff};

/// What `made` says of itself: a PNG, an ICO or an SVG as `make` writes them. None for what is none.
#[must_use]
pub fn measure(made: &[u8]) -> Option<Source> {
    let kind = sniff::kind(made).ok()?;
    let (width, height) = match kind {
        Kind::Png => (number(made, 16)?, number(made, 20)?),
        Kind::Ico => largest_icon(made)?,
        Kind::Svg => (length(made, " width=\"")?, length(made, " height=\"")?),
        Kind::Jpeg | Kind::Webp | Kind::Gif | Kind::Bmp | Kind::Tiff => return None,
    };
    Some(Source { kind, width, height, vector: kind == Kind::Svg })
}

fn number(made: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(*made.get(at..)?.first_chunk()?))
}

/// The width and height of the largest icon in the directory, where 256 is written as 0.
fn largest_icon(made: &[u8]) -> Option<(u32, u32)> {
    let count = u16::from_le_bytes(*made.get(4..)?.first_chunk()?);
    let entries = made.get(6..6 + 16 * usize::from(count))?.as_chunks::<16>().0;
    let side = |written: u8| if written == 0 { 256 } else { u32::from(written) };
    entries.iter().map(|entry| (side(entry[0]), side(entry[1]))).max()
}

/// The number behind `mark` in the first tag, in px.
fn length(made: &[u8], mark: &str) -> Option<u32> {
    let tag = made.split(|byte| *byte == b'>').next()?;
    let (_, rest) = str::from_utf8(tag).ok()?.split_once(mark)?;
    let written: f64 = rest.split('"').next()?.parse().ok()?;
    Some(rounded(written).max(1))
}
