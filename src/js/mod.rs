//! JavaScript configuration files: parse, find a key, lower an edit to splices, evaluate, prove.
//!
//! The only door to swc. Nothing of swc's types leaves this module, no code is ever run, and no file is ever
//! reprinted: a change is a set of splices, so bytes outside them stay as they are.

mod comments;
mod depth;
mod document;
mod evaluate;
mod known;
mod list;
mod literal;
mod lower;
mod mask;
mod members;
mod object;
mod overlay;
mod parse;
mod request;
mod statement;
mod writes;

pub use document::{Document, Documentation, Withdrawal};
pub use lower::{Change, Conflict, How, Lowered, Note};
pub use parse::{Dialect, Error};
