//! Reading PNG, row by row where it is not interlaced.
//!
//! Colour profiles and texts are skipped unread: they are what bombs are made of. Of an animation the first picture
//! is read.

use std::io::Cursor;

use png::{ColorType, Decoder, Limits, Reader, Transformations};

use super::bitmap::{WHOLE, check_size};
use super::linear::{Order, Reducer, Samples};
use super::number::{bytes, index};
use super::{Error, Kind};

/// The most memory the decoder may take for itself, in bytes.
const OWN: usize = 32 << 20;

fn broken(cause: &impl ToString) -> Error {
    Error::broken(Kind::Png, cause)
}

/// What the header says: width, height and the tag of the metadata that tells how to turn it.
pub(super) fn header(source: &[u8]) -> Result<(u32, u32, Option<Vec<u8>>), Error> {
    // The size stands at a fixed place, and is judged before anything else is read.
    let number = |at: usize| {
        let digits = source.get(at..at + 4).and_then(|digits| digits.first_chunk::<4>());
        digits.map(|digits| u32::from_be_bytes(*digits)).ok_or_else(|| broken(&"it ends in its header"))
    };
    let (width, height) = (number(16)?, number(20)?);
    check_size(width, height)?;
    let reader = reader(source)?;
    let info = reader.info();
    Ok((info.width, info.height, info.exif_metadata.as_ref().map(|exif| exif.to_vec())))
}

/// Hands all rows to `sink`.
pub(super) fn feed(source: &[u8], sink: impl FnOnce(Samples) -> Reducer) -> Result<Reducer, Error> {
    let mut reader = reader(source)?;
    let (colour, depth) = reader.output_color_type();
    let channels = match colour {
        ColorType::Grayscale => 1,
        ColorType::GrayscaleAlpha => 2,
        ColorType::Rgb => 3,
        ColorType::Rgba => 4,
        ColorType::Indexed => return Err(broken(&"its palette is missing")),
    };
    let wide = (depth == png::BitDepth::Sixteen).then_some(Order::Big);
    let mut sink = sink(Samples { channels, wide });
    if !reader.info().interlaced {
        while let Some(row) = reader.next_row().map_err(|error| broken(&error))? {
            sink.take(row.data());
        }
        return Ok(sink);
    }
    let length = reader.output_buffer_size().unwrap_or(usize::MAX);
    if bytes(length) > WHOLE {
        return Err(Error::TooMuchMemory { bytes: bytes(length), limit: WHOLE });
    }
    let mut whole = vec![0; length];
    reader.next_frame(&mut whole).map_err(|error| broken(&error))?;
    let line = reader.output_line_size(reader.info().width).unwrap_or(usize::MAX);
    whole.chunks_exact(line.max(1)).take(index(reader.info().height)).for_each(|row| sink.take(row));
    Ok(sink)
}

fn reader(source: &[u8]) -> Result<Reader<Cursor<&[u8]>>, Error> {
    let mut decoder = Decoder::new_with_limits(Cursor::new(source), Limits { bytes: OWN });
    decoder.set_ignore_text_chunk(true);
    decoder.set_ignore_iccp_chunk(true);
    decoder.set_transformations(Transformations::EXPAND);
    decoder.read_info().map_err(|error| broken(&error))
}
