//! Looking at finished pictures: whether they are seen on a background, and whether two are the same to the eye.

use std::io::Cursor;

use image::{ImageFormat, ImageReader, Limits};

use super::light::{FULL, linear};
use super::number::bytes;
use super::{Colour, Error, Kind, LONGEST_MADE, sniff};
use crate::digest::Digest;

/// The contrast that WCAG 2 wants of what is not text.
const ENOUGH: f64 = 3.0;

/// The contrast below which shapes can hardly be told from what is behind them.
const VISIBLE: f64 = 1.5;

/// The share, 0 to 1, of what is seen of `picture`, a PNG, that stands out from `surface` by 3:1 or more.
///
/// Every pixel counts by its opacity, with its own colour: its edges are soft anyway.
///
/// # Errors
/// `Broken` if it is no PNG that this room makes; `Transparent`.
pub fn contrast(picture: &[u8], surface: Colour) -> Result<f64, Error> {
    let (_, _, pixels) = decoded(picture)?;
    standing_out(pixels.as_chunks::<4>().0, surface).ok_or(Error::Transparent)
}

/// The share, 0 to 1, of what is seen of `picture` that can be told from `surface` at all, as `contrast` counts it.
///
/// # Errors
/// As `contrast`.
pub fn visibility(picture: &[u8], surface: Colour) -> Result<f64, Error> {
    let (_, _, pixels) = decoded(picture)?;
    share(pixels.as_chunks::<4>().0, surface, VISIBLE).ok_or(Error::Transparent)
}

/// `contrast` of straight `pixels`; none if all are transparent.
pub(super) fn standing_out(pixels: &[[u8; 4]], surface: Colour) -> Option<f64> {
    share(pixels, surface, ENOUGH)
}

/// The share of `pixels` whose contrast with `surface` is `least` or more.
fn share(pixels: &[[u8; 4]], surface: Colour, least: f64) -> Option<f64> {
    let behind = luminance([surface.red, surface.green, surface.blue]);
    let (mut all, mut seen) = (0_u32, 0_u32);
    for [red, green, blue, alpha] in pixels {
        let own = luminance([*red, *green, *blue]);
        let ratio = (own.max(behind) + 0.05) / (own.min(behind) + 0.05);
        all = all.saturating_add(u32::from(*alpha));
        seen = seen.saturating_add(if ratio >= least { u32::from(*alpha) } else { 0 });
    }
    (all != 0).then(|| f64::from(seen) / f64::from(all))
}

/// Relative luminance as WCAG has it.
fn luminance(colour: [u8; 3]) -> f64 {
    let [red, green, blue] = colour.map(|part| f64::from(linear(part)) / f64::from(FULL));
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/// The digest of what is seen of `picture`: the same whatever a newer encoder makes of the same pixels.
///
/// For a PNG and for every PNG in an ICO: their sizes and pixels. For an SVG: its bytes.
///
/// # Errors
/// `Broken`, and what `kind` says of something that is no picture.
pub fn pixels_digest(picture: &[u8]) -> Result<Digest, Error> {
    let entries = match sniff::kind(picture)? {
        Kind::Png => vec![picture],
        Kind::Ico => entries(picture).ok_or_else(|| Error::broken(Kind::Ico, &"its directory is broken"))?,
        _ => return Ok(Digest::of(picture)),
    };
    let mut seen = Vec::new();
    for entry in entries {
        let (width, height, pixels) = decoded(entry)?;
        seen.extend(width.to_be_bytes().into_iter().chain(height.to_be_bytes()).chain(pixels));
    }
    Ok(Digest::of(&seen))
}

/// The files inside an ICO.
fn entries(ico: &[u8]) -> Option<Vec<&[u8]>> {
    let count = u16::from_le_bytes(*ico.get(4..)?.first_chunk()?);
    let number =
        |entry: &[u8], at: usize| usize::try_from(u32::from_le_bytes(*entry.get(at..)?.first_chunk()?)).ok();
    let directory = ico.get(6..6 + 16 * usize::from(count))?;
    let entry = |entry: &[u8]| {
        let (length, start) = (number(entry, 8)?, number(entry, 12)?);
        let found = ico.get(start..start.checked_add(length)?)?;
        Some(found)
    };
    // Written out, because the closure's borrow is that of the file, not of the directory's entry.
    let mut files = Vec::new();
    for bytes in directory.chunks_exact(16) {
        files.push(entry(bytes)?);
    }
    Some(files)
}

/// Width, height and straight pixels of a PNG.
fn decoded(png: &[u8]) -> Result<(u32, u32, Vec<u8>), Error> {
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST_MADE);
    limits.max_image_height = Some(LONGEST_MADE);
    limits.max_alloc = Some(bytes(128 << 20));
    let mut reader = ImageReader::with_format(Cursor::new(png), ImageFormat::Png);
    reader.limits(limits);
    let image = reader.decode().map_err(|error| Error::broken(Kind::Png, &error))?.into_rgba8();
    Ok((image.width(), image.height(), image.into_raw()))
}
