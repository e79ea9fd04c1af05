//! JavaScript configuration files: parse, find a key, lower an edit to splices, evaluate, prove.
//!
//! The only door to swc. Nothing of swc's types leaves this module, no code is ever run, and no file is ever
//! reprinted: a change is a set of splices, so bytes outside them stay as they are.

mod alias;
mod assemble;
mod assign;
mod body;
mod builtin;
mod call;
mod comments;
mod danger;
mod depth;
mod document;
mod early;
mod effects;
mod evaluate;
mod evaluation;
mod expression;
mod influence;
mod known;
mod lines;
mod list;
mod literal;
mod lookup;
mod lower;
mod members;
mod mention;
mod merge;
mod object;
mod operator;
mod overlay;
mod parse;
mod pattern;
mod place;
mod prove;
mod reach;
mod request;
mod scope;
mod source;
mod spelling;
mod statement;
mod stop;
mod table;
mod unknown;
mod withdraw;
mod work;
mod writes;

pub use danger::{Danger, Deed};
pub use document::{Document, Documentation, Withdrawal, literal_known};
pub use evaluate::evaluate_source;
pub use evaluation::{Effect, Evaluation, Throw};
pub use known::{Known, Look, Open, Unknown};
pub use lines::Overridden;
pub use lower::{Change, Conflict, How, Lowered, Note};
pub use parse::{Dialect, Error};
pub use prove::{Difference, Expect, Kind, differences};
pub use stop::{Cause, Stop};
pub use table::Members;
