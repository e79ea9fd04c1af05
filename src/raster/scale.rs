//! Scaling in linear light: smaller by Hamming's window, larger by the cubic of Mitchell and Netravali.
//!
//! Lanczos' window would be sharper, but in linear light its negative lobes draw a line of black around whatever is
//! bright on a dark ground, where 46 of 255 becomes 0, and such seams are a fifth of the bytes of a PNG. Hamming's has
//! none; enlarged with it, slanting lines would be stairs, and Mitchell's and Netravali's cubic is made for that.
//!
//! Alpha is premultiplied before and divided out after by whole numbers of our own: the package's division differs
//! between processors, its convolution does not. The window is reckoned with `libm`, for the same reason.

use fast_image_resize::images::{TypedImage, TypedImageRef};
use fast_image_resize::pixels::U16x4;
use fast_image_resize::{Filter, FilterType, ResizeAlg, ResizeOptions, Resizer};

use super::Error;
use super::light::pixel;
use super::linear::Linear;
use super::number::index;
use super::place::Frame;

/// The `part` of `source`, `width` × `height` px, as pixels of a file.
pub(super) fn scaled(source: &Linear, part: Frame, width: u32, height: u32) -> Result<Vec<[u8; 4]>, Error> {
    let mut pixels = vec![U16x4::new([0; 4]); index(width) * index(height)];
    let from = TypedImageRef::new(source.width, source.height, &source.pixels);
    let to = TypedImage::from_pixels_slice(width, height, &mut pixels);
    let (from, mut to) =
        (from.map_err(|error| Error::write(&error))?, to.map_err(|error| Error::write(&error))?);
    let part = inside(part, source);
    let window = if part.width < f64::from(width) {
        Filter::new("mitchell", mitchell, 2.0)
    } else {
        Filter::new("hamming", hamming, 1.0)
    };
    let window = window.map_err(|error| Error::write(&error))?;
    let options = ResizeOptions::new()
        .resize_alg(ResizeAlg::Convolution(FilterType::Custom(window)))
        .crop(part.left, part.top, part.width, part.height)
        .use_alpha(false);
    Resizer::new().resize_typed(&from, &mut to, &options).map_err(|error| Error::write(&error))?;
    drop(to);
    Ok(pixels.into_iter().map(pixel).collect())
}

/// Sums of fractions may stand out by the last of their digits.
fn inside(part: Frame, source: &Linear) -> Frame {
    let (width, height) = (f64::from(source.width), f64::from(source.height));
    let (left, top) = (part.left.clamp(0.0, width), part.top.clamp(0.0, height));
    Frame { left, top, width: part.width.min(width - left), height: part.height.min(height - top) }
}

fn hamming(x: f64) -> f64 {
    if x.abs() < 1.0 { sinc(x) * (0.54 + 0.46 * libm::cos(x * std::f64::consts::PI)) } else { 0.0 }
}

fn sinc(x: f64) -> f64 {
    let angle = x * std::f64::consts::PI;
    if x == 0.0 { 1.0 } else { libm::sin(angle) / angle }
}

/// With both parameters one third.
fn mitchell(x: f64) -> f64 {
    let x = x.abs();
    if x < 1.0 {
        (7.0 * x * x * x - 12.0 * x * x + 16.0 / 3.0) / 6.0
    } else if x < 2.0 {
        (-7.0 / 3.0 * x * x * x + 12.0 * x * x - 20.0 * x + 32.0 / 3.0) / 6.0
    } else {
        0.0
    }
}
