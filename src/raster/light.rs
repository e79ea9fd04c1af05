//! Light: between the sRGB of files and linear light with premultiplied alpha in 16 bits, which scaling works in.
//!
//! Whole numbers only, from tables that `libm` computes the same way on every machine: the same pixels everywhere,
//! whatever the processor. Eight bits survive the way there and back unchanged wherever a pixel is opaque.

use std::sync::LazyLock;

use fast_image_resize::pixels::U16x4;

use super::number::{index, rounded};

/// Full light, and full opacity.
pub(super) const FULL: u16 = u16::MAX;

static LINEAR_OF_8: LazyLock<Vec<u16>> = LazyLock::new(|| table(255));
static LINEAR_OF_16: LazyLock<Vec<u16>> = LazyLock::new(|| table(65_535));
static SRGB: LazyLock<Vec<u8>> = LazyLock::new(inverse);

/// The linear light of every value of sRGB from 0 to `most`.
fn table(most: u32) -> Vec<u16> {
    let light = |value: u32| decoded(f64::from(value) / f64::from(most)) * f64::from(FULL);
    (0..=most).map(|value| u16::try_from(rounded(light(value))).unwrap_or(FULL)).collect()
}

/// The sRGB value, in eight bits, nearest to every linear light.
fn inverse() -> Vec<u8> {
    let mut nearest = Vec::with_capacity(index(u32::from(FULL)) + 1);
    for value in 0..=u8::MAX {
        // Up to where the next value is nearer, judged in sRGB as the eye does.
        let border = decoded((f64::from(value) + 0.5) / 255.0) * f64::from(FULL);
        let end = if value == u8::MAX { u32::from(FULL) + 1 } else { rounded(border.ceil()) };
        nearest.resize(index(end).max(nearest.len()), value);
    }
    nearest
}

/// The transfer function of IEC 61966-2-1.
fn decoded(value: f64) -> f64 {
    if value <= 0.040_45 { value / 12.92 } else { libm::pow((value + 0.055) / 1.055, 2.4) }
}

/// The linear light of an sRGB value in eight bits.
pub(super) fn linear(value: u8) -> u16 {
    LINEAR_OF_8.get(usize::from(value)).copied().unwrap_or(FULL)
}

/// The linear light of an sRGB value in sixteen bits.
pub(super) fn linear_of_16(value: u16) -> u16 {
    LINEAR_OF_16.get(usize::from(value)).copied().unwrap_or(FULL)
}

/// The sRGB value nearest to `light`.
pub(super) fn srgb(light: u16) -> u8 {
    SRGB.get(usize::from(light)).copied().unwrap_or(u8::MAX)
}

/// `light` as seen through `alpha`.
pub(super) fn premultiplied(light: u16, alpha: u16) -> u16 {
    let product = u32::from(light) * u32::from(alpha) + u32::from(FULL / 2);
    u16::try_from(product / u32::from(FULL)).unwrap_or(FULL)
}

/// A pixel of a file as light.
pub(super) fn light(pixel: [u8; 4]) -> U16x4 {
    let [red, green, blue, alpha] = pixel;
    let alpha = u16::from(alpha) * 257;
    match alpha {
        0 => U16x4::new([0; 4]),
        FULL => U16x4::new([linear(red), linear(green), linear(blue), FULL]),
        _ => {
            let part = |value| premultiplied(linear(value), alpha);
            U16x4::new([part(red), part(green), part(blue), alpha])
        }
    }
}

/// A pixel of light as it stands in a file; black where nothing is seen.
pub(super) fn pixel(light: U16x4) -> [u8; 4] {
    let [red, green, blue, alpha] = light.0;
    let shown = u8::try_from((u32::from(alpha) + 128) / 257).unwrap_or(u8::MAX);
    if shown == 0 {
        return [0; 4];
    }
    let whole = u32::from(alpha);
    let part = |value: u16| {
        let straight = (u32::from(value) * u32::from(FULL) + whole / 2) / whole;
        srgb(u16::try_from(straight).unwrap_or(FULL))
    };
    [part(red), part(green), part(blue), shown]
}
