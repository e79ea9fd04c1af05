//! What some bytes are, told by the bytes alone: names and types that servers send are only hints.

use super::number::bytes;
use super::{Error, Kind};

/// The longest bitmap that is read, in bytes.
const LONGEST_BITMAP: u64 = 32 << 20;

/// The longest SVG that is read, in bytes, with the pictures embedded in it.
const LONGEST_SVG: u64 = 4 << 20;

/// First bytes, and what they mean. The order matters where one begins another.
const MAGIC: &[(usize, &[u8], Kind)] = &[
    (0, b"\x89PNG\r\n\x1a\n", Kind::Png),
    (0, b"\xff\xd8\xff", Kind::Jpeg),
    (0, b"GIF87a", Kind::Gif),
    (0, b"GIF89a", Kind::Gif),
    (8, b"WEBP", Kind::Webp),
    (0, b"\0\0\x01\0", Kind::Ico),
    (0, b"BM", Kind::Bmp),
    (0, b"II*\0", Kind::Tiff),
    (0, b"MM\0*", Kind::Tiff),
];

/// First bytes of what is known and not read.
const REFUSED: &[(usize, &[u8], &str)] = &[
    (4, b"ftypavif", "an AVIF picture"),
    (4, b"ftypavis", "an AVIF picture"),
    (4, b"ftypheic", "a HEIC picture"),
    (4, b"ftypmif1", "a HEIF picture"),
    (0, b"\xff\x0a", "a JPEG XL picture"),
    (0, b"\0\0\0\x0cJXL ", "a JPEG XL picture"),
    (0, b"\0\0\0\x0cjP  ", "a JPEG 2000 picture"),
    (0, b"\x1f\x8b", "compressed with gzip (an SVGZ?)"),
    (0, b"%PDF", "a PDF"),
    (0, b"%!PS", "a PostScript file"),
    (0, b"8BPS", "a Photoshop file"),
    (0, b"PK\x03\x04", "a ZIP archive"),
    (0, b"\xff\xfe", "text in UTF-16"),
    (0, b"\xfe\xff", "text in UTF-16"),
];

/// The format of `source`, if it is one that is read and not too long.
///
/// # Errors
/// `Empty`, `WebPage`, `Unsupported`, `Unknown`, `TooLong`.
pub fn kind(source: &[u8]) -> Result<Kind, Error> {
    if source.is_empty() {
        return Err(Error::Empty);
    }
    let starts = |at: usize, magic: &[u8]| source.get(at..).is_some_and(|rest| rest.starts_with(magic));
    let found = MAGIC.iter().find(|(at, magic, _)| starts(*at, magic)).map(|(_, _, kind)| *kind);
    let refused = REFUSED.iter().find(|(at, magic, _)| starts(*at, magic));
    let kind = match (found, refused) {
        (Some(kind), _) => kind,
        (None, Some((_, _, what))) => return Err(Error::Unsupported { what: (*what).to_owned() }),
        (None, None) => of_markup(source)?,
    };
    let limit = if kind == Kind::Svg { LONGEST_SVG } else { LONGEST_BITMAP };
    if bytes(source.len()) > limit {
        return Err(Error::TooLong { bytes: bytes(source.len()), limit });
    }
    Ok(kind)
}

/// Tells an SVG from a web page by its first element, past whatever may stand before it.
fn of_markup(source: &[u8]) -> Result<Kind, Error> {
    let mut rest = source.strip_prefix(b"\xef\xbb\xbf").unwrap_or(source);
    loop {
        rest = rest.trim_ascii_start();
        let lower = rest.get(..rest.len().min(16)).unwrap_or_default().to_ascii_lowercase();
        if lower.starts_with(b"<!doctype html") || lower.starts_with(b"<html") || lower.starts_with(b"<head")
        {
            return Err(Error::WebPage);
        }
        let end: &[u8] = match () {
            () if lower.starts_with(b"<?") => b"?>",
            () if lower.starts_with(b"<!--") => b"-->",
            () if lower.starts_with(b"<!doctype") => {
                rest = past_doctype(rest);
                continue;
            }
            () => break,
        };
        let found = rest.windows(end.len()).position(|window| window == end).ok_or(Error::Unknown)?;
        rest = rest.get(found + end.len()..).unwrap_or_default();
    }
    let name = rest.strip_prefix(b"<").ok_or(Error::Unknown)?;
    let length = name.iter().take_while(|byte| !byte.is_ascii_whitespace() && !b"/>".contains(byte)).count();
    let name = name.get(..length).unwrap_or_default();
    match name.rsplit(|byte| *byte == b':').next() {
        Some(b"svg") => Ok(Kind::Svg),
        _ => Err(Error::Unknown),
    }
}

/// What follows a document type and the declarations inside it.
fn past_doctype(rest: &[u8]) -> &[u8] {
    let (mut quote, mut inside) = (None, false);
    for (at, byte) in rest.iter().enumerate() {
        match (quote, byte) {
            (Some(open), _) if open == *byte => quote = None,
            (None, b'"' | b'\'') => quote = Some(*byte),
            (None, b'[') => inside = true,
            (None, b']') => inside = false,
            (None, b'>') if !inside => return rest.get(at + 1..).unwrap_or_default(),
            _ => {}
        }
    }
    &[]
}
