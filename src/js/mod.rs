//! JavaScript configuration files: parse, find a key, lower an edit to splices, evaluate, prove.
//!
//! The only door to swc. Nothing of swc's types leaves this module, no code is ever run, and no file is ever
//! reprinted: a change is a set of splices, so bytes outside them stay as they are.

mod assemble;
mod depth;
mod evaluate;
mod expression;
mod influence;
mod known;
mod mask;
mod merge;
mod operator;
mod parse;
mod place;
mod prove;
mod scope;
mod source;
mod spelling;
mod table;
mod unknown;

pub use evaluate::{Effect, Evaluation, Throw, evaluate_source};
pub use known::{Known, Look, Open, Unknown};
pub use parse::{Dialect, Error};
pub use prove::{Difference, Expect, Kind, differences};
pub use table::Members;
