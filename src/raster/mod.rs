//! Pictures: the bytes of one in, the bytes of many out.
//!
//! The only door to `image`, `resvg` and their like; nothing of their types leaves this module. The same source and
//! job give the same bytes on every run, on any number of threads, on any processor. Sources are not trusted: sizes
//! are judged before anything is decoded, nothing is ever copied through, and no file or address is opened. What can
//! not be bounded here, a filter without end or a decoder that aborts, is for the process around it to end.
//!
//! All values go through `serde`, because that process gets its job and gives its pictures through a pipe.
//! Colour profiles are not applied: what is not sRGB is taken for it.

mod bitmap;
mod canvas;
mod encode;
mod error;
mod icons;
mod jpeg;
mod judge;
mod light;
mod linear;
mod make;
mod measure;
mod notice;
mod number;
mod place;
mod png_file;
mod recipe;
mod remark;
mod scale;
mod sniff;
mod svg;
mod turn;

pub use error::Error;
pub use icons::joined_icons;
pub use judge::{contrast, pixels_digest, visibility};
pub use make::make;
pub use measure::measure;
pub use recipe::{Align, Colour, Effort, Fit, Format, Job, LONGEST_MADE, Recipe};
pub use remark::{Kind, Lost, Made, Remark, Source};
pub use sniff::kind;

/// Counts the ways in which this module has made pictures: another one means other bytes of the same source and job.
pub const VERSION: u32 = 1;

use bitmap::probe as probe_bitmap;
