//! A finished picture before it is encoded: the logo on its place, with or without a background.

use super::number::index;
use super::place::Place;
use super::{Colour, Error};

/// Straight pixels of red, green, blue and opacity, as files hold them.
#[derive(Clone, Debug)]
pub(super) struct Canvas {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) pixels: Vec<[u8; 4]>,
}

impl Canvas {
    /// A picture of this size with `logo` on its `place`.
    ///
    /// Over a background the logo is mixed as browsers do it, in sRGB: what is half transparent looks the same
    /// whether it was mixed here or there.
    pub(super) fn new(
        (width, height): (u32, u32),
        background: Option<Colour>,
        place: Place,
        logo: &[[u8; 4]],
    ) -> Result<Self, Error> {
        let ground = background.map_or([0; 4], |colour| [colour.red, colour.green, colour.blue, u8::MAX]);
        let mut pixels = vec![ground; index(width) * index(height)];
        let rows = pixels.chunks_exact_mut(index(width)).skip(index(place.top)).take(index(place.height));
        let mut placed = 0;
        for (row, logo) in rows.zip(logo.chunks_exact(index(place.width))) {
            let part = row.get_mut(index(place.left)..index(place.left + place.width)).unwrap_or_default();
            placed += part.len();
            for (pixel, above) in part.iter_mut().zip(logo) {
                *pixel = if background.is_some() { mixed(*above, *pixel) } else { *above };
            }
        }
        if placed == logo.len() {
            Ok(Canvas { width, height, pixels })
        } else {
            Err(Error::write(&"the logo does not fit its place"))
        }
    }

    /// Whether nothing shines through.
    pub(super) fn is_opaque(&self) -> bool {
        self.pixels.iter().all(|pixel| pixel[3] == u8::MAX)
    }
}

/// `above` on the opaque `ground`.
fn mixed(above: [u8; 4], ground: [u8; 4]) -> [u8; 4] {
    let [red, green, blue, alpha] = above;
    let [ground_red, ground_green, ground_blue, _] = ground;
    let alpha = u32::from(alpha);
    let part = |above: u8, ground: u8| {
        let sum = u32::from(above) * alpha + u32::from(ground) * (255 - alpha);
        u8::try_from((sum + 127) / 255).unwrap_or(u8::MAX)
    };
    [part(red, ground_red), part(green, ground_green), part(blue, ground_blue), u8::MAX]
}
