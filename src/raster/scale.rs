//! Scaling in linear light, by Lanczos' window of three.
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
    let window = Filter::new("lanczos", lanczos, 3.0).map_err(|error| Error::write(&error))?;
    let part = inside(part, source);
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

fn lanczos(x: f64) -> f64 {
    if x.abs() < 3.0 { sinc(x) * sinc(x / 3.0) } else { 0.0 }
}

fn sinc(x: f64) -> f64 {
    let angle = x * std::f64::consts::PI;
    if x == 0.0 { 1.0 } else { libm::sin(angle) / angle }
}
