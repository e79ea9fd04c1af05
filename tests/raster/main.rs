//! Pictures in, pictures out: what is read, how it is drawn, what is refused, and that it is the same every time.
//!
//! Every source is made here. Filters without end are not: the process around this room ends them.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]
#![allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)]

mod bombs;
mod drawings;
mod files;
mod kinds;
mod quality;
#[path = "../skip/mod.rs"]
mod skip;
mod sources;
mod stable;
mod svg_bombs;
