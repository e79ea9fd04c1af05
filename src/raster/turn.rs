//! Turning and mirroring as the metadata of a photograph say.

use fast_image_resize::pixels::U16x4;
use image::metadata::Orientation;

use super::linear::Linear;
use super::number::index;
use super::place::Frame;

/// The size after turning, or before: it is its own inverse.
pub(super) fn size(orientation: Orientation, width: u32, height: u32) -> (u32, u32) {
    if swaps(orientation) { (height, width) } else { (width, height) }
}

/// `pixels` as they should be seen, and `content` where it then is.
pub(super) fn turned(orientation: Orientation, pixels: Linear, content: Frame) -> (Linear, Frame) {
    if orientation == Orientation::NoTransforms {
        return (pixels, content);
    }
    let (width, height) = size(orientation, pixels.width, pixels.height);
    let mut out = Linear { width, height, pixels: Vec::with_capacity(pixels.pixels.len()) };
    for y in 0..height {
        for x in 0..width {
            let (from_x, from_y) = origin(orientation, (x, y), (pixels.width - 1, pixels.height - 1));
            let at = index(from_y) * index(pixels.width) + index(from_x);
            out.pixels.push(pixels.pixels.get(at).copied().unwrap_or(U16x4::new([0; 4])));
        }
    }
    (out, framed(orientation, content, f64::from(pixels.width), f64::from(pixels.height)))
}

fn swaps(orientation: Orientation) -> bool {
    matches!(
        orientation,
        Orientation::Rotate90
            | Orientation::Rotate270
            | Orientation::Rotate90FlipH
            | Orientation::Rotate270FlipH
    )
}

/// Which pixel is seen at `(x, y)`; `right` and `bottom` are the last of the pixels there are.
fn origin(orientation: Orientation, (x, y): (u32, u32), (right, bottom): (u32, u32)) -> (u32, u32) {
    match orientation {
        Orientation::NoTransforms => (x, y),
        Orientation::FlipHorizontal => (right - x, y),
        Orientation::FlipVertical => (x, bottom - y),
        Orientation::Rotate180 => (right - x, bottom - y),
        Orientation::Rotate90 => (y, bottom - x),
        Orientation::Rotate270 => (right - y, x),
        Orientation::Rotate90FlipH => (y, x),
        Orientation::Rotate270FlipH => (right - y, bottom - x),
    }
}

/// Where `frame` of a picture of this size is seen.
fn framed(orientation: Orientation, frame: Frame, width: f64, height: f64) -> Frame {
    let from_right = width - frame.left - frame.width;
    let from_bottom = height - frame.top - frame.height;
    let (left, top) = match orientation {
        Orientation::NoTransforms => (frame.left, frame.top),
        Orientation::FlipHorizontal => (from_right, frame.top),
        Orientation::FlipVertical => (frame.left, from_bottom),
        Orientation::Rotate180 => (from_right, from_bottom),
        Orientation::Rotate90 => (from_bottom, frame.left),
        Orientation::Rotate270 => (frame.top, from_right),
        Orientation::Rotate90FlipH => (frame.top, frame.left),
        Orientation::Rotate270FlipH => (from_bottom, from_right),
    };
    let (width, height) =
        if swaps(orientation) { (frame.height, frame.width) } else { (frame.width, frame.height) };
    Frame { left, top, width, height }
}
