//! Turning numbers of pixels into each other, where the language asks for care.
//!
//! Lengths here are far below 2^32, and a position is cut off at both ends before it is an index.

/// `value` rounded to the nearest whole number, at least 0.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "kept inside the range just before"
)]
pub(super) fn rounded(value: f64) -> u32 {
    // Not `f64::round` on its own: what is not a number becomes 0 here, by `max`.
    value.max(0.0).min(f64::from(u32::MAX)).round() as u32
}

/// The nearest number of single precision, which drawing is done in.
#[expect(clippy::cast_possible_truncation, reason = "a drawing is placed to a fraction of a pixel only")]
pub(super) fn single(value: f64) -> f32 {
    value as f32
}

/// A length as an index; no machine this runs on has fewer than 32 bits.
pub(super) fn index(value: u32) -> usize {
    usize::try_from(value).unwrap_or(usize::MAX)
}

/// A count of bytes for a message.
pub(super) fn bytes(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}
