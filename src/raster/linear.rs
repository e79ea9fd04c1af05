//! A bitmap as linear light, and its reduction by whole numbers while it is being read.
//!
//! A source is taken in row by row, and only the boxes it is averaged into are kept: a picture of 16 million pixels
//! passes through a few megabytes. Where nothing is seen is found on the way, at the full resolution.

use fast_image_resize::pixels::U16x4;

use super::light::{light, linear_of_16, premultiplied};
use super::number::index;

/// The opacity, in 255ths, up to which a pixel counts as border: nobody sees 1 %.
pub(super) const UNSEEN: u8 = 2;

/// Premultiplied linear light, row by row.
#[derive(Clone, Debug)]
pub(super) struct Linear {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) pixels: Vec<U16x4>,
}

/// A rectangle of whole pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Area {
    pub(super) left: u32,
    pub(super) top: u32,
    pub(super) width: u32,
    pub(super) height: u32,
}

/// How the numbers of one row stand in memory.
#[derive(Clone, Copy, Debug)]
pub(super) struct Samples {
    /// 1 grey, 2 grey and alpha, 3 colour, 4 colour and alpha.
    pub(super) channels: usize,
    /// Sixteen bits in this order of bytes; else eight.
    pub(super) wide: Option<Order>,
}

/// The order of the two bytes of a number.
#[derive(Clone, Copy, Debug)]
pub(super) enum Order {
    Big,
    Native,
}

impl Samples {
    /// The bytes of one pixel.
    pub(super) fn stride(self) -> usize {
        self.channels * if self.wide.is_some() { 2 } else { 1 }
    }

    /// One pixel as light, with its opacity in eight bits.
    fn read(self, bytes: &[u8]) -> U16x4 {
        let Some(order) = self.wide else {
            return light(match *bytes {
                [grey] => [grey, grey, grey, u8::MAX],
                [grey, alpha] => [grey, grey, grey, alpha],
                [red, green, blue] => [red, green, blue, u8::MAX],
                [red, green, blue, alpha] => [red, green, blue, alpha],
                _ => [0; 4],
            });
        };
        let mut values = [0_u16; 4];
        for (value, pair) in values.iter_mut().zip(bytes.as_chunks::<2>().0) {
            *value = match order {
                Order::Big => u16::from_be_bytes(*pair),
                Order::Native => u16::from_ne_bytes(*pair),
            };
        }
        let [first, second, third, fourth] = values;
        let (colour, alpha) = match self.channels {
            1 => ([first; 3], u16::MAX),
            2 => ([first; 3], second),
            3 => ([first, second, third], u16::MAX),
            _ => ([first, second, third], fourth),
        };
        let [red, green, blue] = colour.map(|value| premultiplied(linear_of_16(value), alpha));
        U16x4::new([red, green, blue, alpha])
    }
}

/// Takes rows in from the top, and averages boxes of `factor` × `factor` pixels of one part of them.
pub(super) struct Reducer {
    part: Area,
    factor: u32,
    samples: Samples,
    row: u32,
    sums: Vec<[u32; 4]>,
    out: Linear,
    seen: Seen,
}

impl Reducer {
    /// For rows that are at least as wide as `part` reaches. `factor` is 1 to 255.
    pub(super) fn new(part: Area, factor: u32, samples: Samples) -> Self {
        let (width, height) = (part.width.div_ceil(factor), part.height.div_ceil(factor));
        let pixels = Vec::with_capacity(index(width) * index(height));
        let out = Linear { width, height, pixels };
        let sums = vec![[0; 4]; index(width)];
        Reducer { part, factor, samples, row: 0, sums, out, seen: Seen::default() }
    }

    /// The next row; those above and below the part are skipped.
    pub(super) fn take(&mut self, row: &[u8]) {
        let at = self.row;
        self.row += 1;
        let Some(inside) = at.checked_sub(self.part.top).filter(|inside| *inside < self.part.height) else {
            return;
        };
        let stride = self.samples.stride();
        let start = index(self.part.left) * stride;
        let row = row.get(start..start + index(self.part.width) * stride).unwrap_or_default();
        if self.factor == 1 {
            let (samples, out, seen) = (self.samples, &mut self.out.pixels, &mut self.seen);
            out.extend(row.chunks_exact(stride).zip(0..).map(|(bytes, x)| {
                let pixel = samples.read(bytes);
                seen.note(pixel, x, inside);
                pixel
            }));
            return;
        }
        self.add(row, inside);
        if (inside + 1).is_multiple_of(self.factor) || inside + 1 == self.part.height {
            self.put(inside % self.factor + 1);
        }
    }

    fn add(&mut self, row: &[u8], inside: u32) {
        let stride = self.samples.stride();
        let boxes = row.chunks(stride * index(self.factor));
        let mut x = 0;
        for (sum, pixels) in self.sums.iter_mut().zip(boxes) {
            for bytes in pixels.chunks_exact(stride) {
                let pixel = self.samples.read(bytes);
                self.seen.note(pixel, x, inside);
                x += 1;
                if pixel.0[3] > 0 {
                    sum.iter_mut().zip(pixel.0).for_each(|(sum, value)| *sum += u32::from(value));
                }
            }
        }
    }

    /// Averages what was added up over `rows` rows.
    fn put(&mut self, rows: u32) {
        let last = self.part.width - (self.out.width - 1) * self.factor;
        for (sum, x) in self.sums.iter_mut().zip(1..) {
            let count = rows * if x == self.out.width { last } else { self.factor };
            let mean = |sum: u32| u16::try_from((u64::from(sum) + u64::from(count / 2)) / u64::from(count));
            self.out.pixels.push(U16x4::new(sum.map(|sum| mean(sum).unwrap_or(u16::MAX))));
            *sum = [0; 4];
        }
    }

    /// What came of it, with the part of the source that is seen, if any, in px of the source.
    pub(super) fn finish(self) -> (Linear, Option<Area>) {
        let seen = self.seen.area().map(|seen| Area {
            left: self.part.left + seen.left,
            top: self.part.top + seen.top,
            ..seen
        });
        (self.out, seen)
    }
}

/// The bounds of what is seen.
#[derive(Default)]
struct Seen(Option<[u32; 4]>);

impl Seen {
    fn note(&mut self, pixel: U16x4, x: u32, y: u32) {
        if pixel.0[3] < u16::from(UNSEEN) * 257 + 129 {
            return;
        }
        self.0 = Some(match self.0 {
            None => [x, y, x, y],
            Some([left, top, right, _]) => [left.min(x), top, right.max(x), y],
        });
    }

    fn area(&self) -> Option<Area> {
        let [left, top, right, bottom] = self.0?;
        Some(Area { left, top, width: right - left + 1, height: bottom - top + 1 })
    }
}

/// The bounds of what is seen of straight pixels of four bytes each.
pub(super) fn seen(width: u32, pixels: &[[u8; 4]]) -> Option<Area> {
    let mut seen = Seen::default();
    for (row, y) in pixels.chunks(index(width).max(1)).zip(0..) {
        for (pixel, x) in row.iter().zip(0..) {
            seen.note(U16x4::new([0, 0, 0, u16::from(pixel[3]) * 257]), x, y);
        }
    }
    seen.area()
}
