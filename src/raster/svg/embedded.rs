//! Bitmaps inside an SVG: PNG and JPEG only, bounded, and written anew, so that no foreign byte is passed on.

use std::io::Cursor;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use image::codecs::jpeg::JpegEncoder;
use image::{ImageFormat, ImageReader, Limits};
use resvg::usvg::{ImageHrefResolver, ImageKind};

use crate::raster::number::bytes;
use crate::raster::{Kind, probe_bitmap, sniff};

/// The most pixels that all pictures in one SVG have together.
const MOST: u64 = 16_777_216;

/// The quality a photograph is written anew with, of 100.
const QUALITY: u8 = 90;

/// What the pictures of one SVG came to.
#[derive(Debug, Default)]
pub(super) struct Embedded {
    pixels: AtomicU64,
    /// How many are left out.
    pub(super) lost: AtomicUsize,
}

/// Looks at embedded pictures, and never at files or addresses.
pub(super) fn resolver(embedded: &Embedded) -> ImageHrefResolver<'_> {
    ImageHrefResolver {
        resolve_data: Box::new(|_, data, _| {
            let kind = written_anew(&data, embedded);
            if kind.is_none() {
                embedded.lost.fetch_add(1, Ordering::Relaxed);
            }
            kind
        }),
        resolve_string: Box::new(|_, _| None),
    }
}

fn written_anew(data: &[u8], embedded: &Embedded) -> Option<ImageKind> {
    let kind = sniff::kind(data).ok()?;
    let format = match kind {
        Kind::Png => ImageFormat::Png,
        Kind::Jpeg => ImageFormat::Jpeg,
        _ => return None,
    };
    let size = probe_bitmap(data, kind).ok()?;
    let pixels = u64::from(size.width) * u64::from(size.height);
    if embedded.pixels.fetch_add(pixels, Ordering::Relaxed).saturating_add(pixels) > MOST {
        return None;
    }
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST * 8 + bytes(data.len()));
    let mut reader = ImageReader::with_format(Cursor::new(data), format);
    reader.limits(limits);
    let image = reader.decode().ok()?;
    let mut file = Vec::new();
    if kind == Kind::Png {
        image.into_rgba8().write_to(&mut Cursor::new(&mut file), ImageFormat::Png).ok()?;
        return Some(ImageKind::PNG(Arc::new(file)));
    }
    image.into_rgb8().write_with_encoder(JpegEncoder::new_with_quality(&mut file, QUALITY)).ok()?;
    Some(ImageKind::JPEG(Arc::new(file)))
}
