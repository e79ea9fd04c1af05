//! Reading a bitmap of any kind, within limits, into linear light.
//!
//! Sizes are judged before anything is decoded. What metadata says about turning is done, and all metadata is then
//! forgotten. A source is reduced by a whole factor while it is read, so far as what is made of it allows.

use std::io::Cursor;

use image::metadata::Orientation;
use image::{ColorType, ExtendedColorType, ImageDecoder as _, ImageFormat, ImageReader, Limits};

use super::linear::{Area, Linear, Order, Reducer, Samples};
use super::number::{bytes, index, rounded};
use super::place::{Frame, Room};
use super::{Error, Kind, Source, jpeg, png_file, turn};

/// The longest side that is read, in px.
const LONGEST: u32 = 16_384;

/// The most pixels that are read.
const MOST: u64 = 100_000_000;

/// The most memory for a source that must be decoded as a whole, in bytes.
pub(super) const WHOLE: u64 = 192 << 20;

/// The most pixels of what a source is reduced to: 32 MB.
const KEPT: f64 = 4_194_304.0;

/// A source in linear light, reduced, turned, and with its transparent border known.
#[derive(Debug)]
pub(super) struct Bitmap {
    pub(super) source: Source,
    pub(super) pixels: Linear,
    /// What is seen of it, in `pixels`.
    pub(super) content: Frame,
    /// The size of what is seen in px of the source.
    pub(super) natural: Frame,
}

/// # Errors
/// `TooLarge`.
pub(super) fn check_size(width: u32, height: u32) -> Result<(), Error> {
    let is_fine = width <= LONGEST && height <= LONGEST && u64::from(width) * u64::from(height) <= MOST;
    if is_fine { Ok(()) } else { Err(Error::TooLarge { width, height }) }
}

/// What a bitmap is, without decoding it.
///
/// # Errors
/// What is wrong with its header, or its size.
pub(super) fn probe(source: &[u8], kind: Kind) -> Result<Source, Error> {
    Ok(header(source, kind)?.0)
}

/// Reads `source` for pictures that have these rooms for it.
///
/// # Errors
/// What is wrong with it; `Transparent`.
pub(super) fn read(source: &[u8], kind: Kind, rooms: &[Room]) -> Result<Bitmap, Error> {
    let (told, orientation) = header(source, kind)?;
    let (width, height) = turn::size(orientation, told.width, told.height);
    let decoded = Decoded::open(source, kind)?;
    let whole = Area { left: 0, top: 0, width, height };
    let coarse = factor(whole, orientation, rooms);
    let (mut pixels, seen) = decoded.reduced(whole, coarse)?;
    let seen = seen.ok_or(Error::Transparent)?;
    let (mut part, mut by) = (whole, coarse);
    let fine = factor(seen, orientation, rooms);
    if fine < coarse {
        // Most of it is border: what is seen deserves more pixels than it got.
        drop(pixels);
        (part, by) = (seen, fine);
        pixels = decoded.reduced(part, by)?.0;
    }
    drop(decoded);
    let by = f64::from(by);
    let content = Frame {
        left: f64::from(seen.left - part.left) / by,
        top: f64::from(seen.top - part.top) / by,
        width: f64::from(seen.width) / by,
        height: f64::from(seen.height) / by,
    };
    let (pixels, content) = turn::turned(orientation, pixels, content);
    let (width, height) = turn::size(orientation, seen.width, seen.height);
    let natural = Frame { left: 0.0, top: 0.0, width: f64::from(width), height: f64::from(height) };
    Ok(Bitmap { source: told, pixels, content, natural })
}

/// By how much `part` may be reduced so that every picture is still made from at least 1.6 times its pixels.
fn factor(part: Area, orientation: Orientation, rooms: &[Room]) -> u32 {
    let (width, height) = turn::size(orientation, part.width, part.height);
    let content = Frame { left: 0.0, top: 0.0, width: f64::from(width), height: f64::from(height) };
    let largest = rooms.iter().map(|room| room.scale(content).0).fold(0.0, f64::max);
    let wanted = if largest > 0.0 { (0.625 / largest).floor() } else { 1.0 };
    // Memory is a limit of its own; nothing is made from fewer pixels than it has, though.
    let pixels = content.width * content.height;
    let needed = (pixels / KEPT).sqrt().ceil().min((1.0 / largest.max(1e-6)).floor());
    rounded(wanted.max(needed)).clamp(1, 255)
}

fn header(source: &[u8], kind: Kind) -> Result<(Source, Orientation), Error> {
    let (width, height, orientation) = match kind {
        Kind::Png => {
            let (width, height, exif) = png_file::header(source)?;
            (width, height, exif.as_deref().and_then(Orientation::from_exif_chunk))
        }
        Kind::Jpeg => {
            let (width, height, exif) = jpeg::header(source)?;
            (width, height, exif.as_deref().and_then(Orientation::from_exif_chunk))
        }
        _ => {
            let mut decoder = decoder(source, kind)?;
            let (width, height) = decoder.dimensions();
            (width, height, decoder.orientation().ok())
        }
    };
    check_size(width, height)?;
    let orientation = orientation.unwrap_or(Orientation::NoTransforms);
    let (width, height) = turn::size(orientation, width, height);
    Ok((Source { kind, width, height, vector: false }, orientation))
}

/// A source as it can give its rows.
enum Decoded<'a> {
    /// A PNG, which is read anew each time and never held.
    Rows(&'a [u8]),
    Whole(Whole),
}

/// All pixels of a source.
pub(super) struct Whole {
    pub(super) pixels: Vec<u8>,
    pub(super) width: u32,
    pub(super) samples: Samples,
}

impl<'a> Decoded<'a> {
    fn open(source: &'a [u8], kind: Kind) -> Result<Self, Error> {
        match kind {
            Kind::Png => Ok(Decoded::Rows(source)),
            Kind::Jpeg => Ok(Decoded::Whole(jpeg::read(source)?)),
            _ => Ok(Decoded::Whole(whole(source, kind)?)),
        }
    }

    fn reduced(&self, part: Area, factor: u32) -> Result<(Linear, Option<Area>), Error> {
        let sink = |samples| Reducer::new(part, factor, samples);
        let reducer = match self {
            Decoded::Rows(source) => png_file::feed(source, sink)?,
            Decoded::Whole(whole) => {
                let mut sink = sink(whole.samples);
                let line = index(whole.width) * whole.samples.stride();
                whole.pixels.chunks_exact(line.max(1)).for_each(|row| sink.take(row));
                sink
            }
        };
        Ok(reducer.finish())
    }
}

/// # Errors
/// `TooMuchMemory`.
pub(super) fn check_memory(needed: u64) -> Result<usize, Error> {
    let error = Error::TooMuchMemory { bytes: needed, limit: WHOLE };
    if needed > WHOLE { Err(error) } else { usize::try_from(needed).map_err(|_| error) }
}

fn whole(source: &[u8], kind: Kind) -> Result<Whole, Error> {
    let decoder = decoder(source, kind)?;
    let (width, height) = decoder.dimensions();
    check_size(width, height)?;
    if matches!(decoder.original_color_type(), ExtendedColorType::Cmyk8 | ExtendedColorType::Cmyk16) {
        return Err(Error::Unsupported { what: format!("a {kind} for printing (CMYK)") });
    }
    let (channels, wide) = match decoder.color_type() {
        ColorType::L8 => (1, None),
        ColorType::La8 => (2, None),
        ColorType::Rgb8 => (3, None),
        ColorType::Rgba8 => (4, None),
        ColorType::L16 => (1, Some(Order::Native)),
        ColorType::La16 => (2, Some(Order::Native)),
        ColorType::Rgb16 => (3, Some(Order::Native)),
        ColorType::Rgba16 => (4, Some(Order::Native)),
        _ => return Err(Error::Unsupported { what: "a picture in floating point".to_owned() }),
    };
    let mut pixels = vec![0; check_memory(decoder.total_bytes())?];
    decoder.read_image(&mut pixels).map_err(|error| Error::broken(kind, &error))?;
    Ok(Whole { pixels, width, samples: Samples { channels, wide } })
}

/// The decoder of the `image` package, which has read no more than a header.
fn decoder(source: &[u8], kind: Kind) -> Result<impl image::ImageDecoder, Error> {
    let format = match kind {
        Kind::Webp => ImageFormat::WebP,
        Kind::Gif => ImageFormat::Gif,
        Kind::Ico => ImageFormat::Ico,
        Kind::Bmp => ImageFormat::Bmp,
        Kind::Tiff => ImageFormat::Tiff,
        Kind::Png | Kind::Jpeg | Kind::Svg => return Err(Error::Unknown),
    };
    let mut limits = Limits::default();
    limits.max_alloc = Some(WHOLE);
    let mut reader = ImageReader::with_format(Cursor::new(source), format);
    reader.limits(limits.clone());
    let mut decoder = reader.into_decoder().map_err(|error| Error::broken(kind, &error))?;
    let (width, height) = decoder.dimensions();
    check_size(width, height)?;
    check_memory(decoder.total_bytes().max(bytes(source.len())))?;
    // Not all decoders are told by the reader.
    decoder.set_limits(limits).map_err(|error| Error::broken(kind, &error))?;
    Ok(decoder)
}
