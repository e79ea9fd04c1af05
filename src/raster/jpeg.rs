//! Reading JPEG in grey or colour.
//!
//! The decoder is the one that `image` uses, asked directly: without its copy of the file, and without the
//! instructions that only some processors have, so that the pixels are the same on all.

use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::bitmap::{Whole, check_memory, check_size};
use super::linear::Samples;
use super::{Error, Kind};

/// How many times a progressive picture may go over its pixels.
const SCANS: usize = 100;

type Decoder<'a> = JpegDecoder<ZCursor<&'a [u8]>>;

fn broken(cause: &impl std::fmt::Debug) -> Error {
    Error::broken(Kind::Jpeg, &format!("{cause:?}"))
}

/// What the header says: width, height and the metadata that tell how to turn it.
pub(super) fn header(source: &[u8]) -> Result<(u32, u32, Option<Vec<u8>>), Error> {
    let (decoder, width, height) = opened(source)?;
    Ok((width, height, decoder.exif().cloned()))
}

/// Decodes all of it.
pub(super) fn read(source: &[u8]) -> Result<Whole, Error> {
    let (mut decoder, width, height) = opened(source)?;
    let (space, channels) = match decoder.input_colorspace() {
        Some(ColorSpace::Luma) => (ColorSpace::Luma, 1),
        _ => (ColorSpace::RGB, 3),
    };
    decoder.set_options(options().jpeg_set_out_colorspace(space));
    let length = u64::from(width) * u64::from(height) * channels;
    // A progressive one is held as coefficients too, two bytes each.
    check_memory(if is_progressive(source) { 3 * length } else { length })?;
    let mut pixels = vec![0; check_memory(length)?];
    decoder.decode_into(&mut pixels).map_err(|error| broken(&error))?;
    let channels = if channels == 1 { 1 } else { 3 };
    Ok(Whole { pixels, width, samples: Samples { channels, wide: None } })
}

fn options() -> DecoderOptions {
    // A picture that was cut off is refused; the decoder would fill it with grey.
    DecoderOptions::default().set_strict_mode(true).set_use_unsafe(false).jpeg_set_max_scans(SCANS)
}

fn opened(source: &[u8]) -> Result<(Decoder<'_>, u32, u32), Error> {
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(source), options());
    decoder.decode_headers().map_err(|error| broken(&error))?;
    let (width, height) = decoder.dimensions().ok_or_else(|| broken(&"no size"))?;
    let side = |length| u32::try_from(length).unwrap_or(u32::MAX);
    check_size(side(width), side(height))?;
    match decoder.input_colorspace() {
        Some(ColorSpace::Luma | ColorSpace::YCbCr | ColorSpace::RGB) => {
            Ok((decoder, side(width), side(height)))
        }
        _ => Err(Error::Unsupported { what: "a JPEG for printing (CMYK)".to_owned() }),
    }
}

/// Whether it comes in several scans, told by the marker of its frame.
fn is_progressive(source: &[u8]) -> bool {
    let mut rest = source.get(2..).unwrap_or_default();
    while let [0xff, marker, high, low, ..] = *rest {
        match marker {
            0xc2 | 0xc6 | 0xca | 0xce => return true,
            0xc0 | 0xc1 | 0xda => return false,
            0xff => rest = rest.get(1..).unwrap_or_default(),
            _ => rest = rest.get(2 + usize::from(u16::from_be_bytes([high, low]))..).unwrap_or_default(),
        }
    }
    false
}
