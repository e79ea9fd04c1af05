//! JavaScript configuration files: parse, find a key, lower an edit to splices, evaluate, prove.
//!
//! The only door to swc. Nothing of swc's types leaves this module, no code is ever run, and no file is ever
//! reprinted: a change is a set of splices, so bytes outside them stay as they are.

mod depth;
mod mask;
mod parse;

pub use parse::{Dialect, Error};
