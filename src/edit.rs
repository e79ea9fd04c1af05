//! A wish, and the typed change of one key that carries it.

use serde::Serialize;

use crate::fault::Place;
use crate::value::{KeyPath, Value};

/// One line of the brand or of a patch file: what was asked for, and where it is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Wish {
    /// The wish as its owner names it: `people.remote`, or `set deeplinking.hideLogo` for a patch.
    pub name: String,
    /// Where it is written.
    pub place: Place,
}

/// What is to be done with a key.
#[derive(Clone, Debug, PartialEq)]
pub enum Op {
    /// The key has this value. Objects have been split into their leaves.
    Set(Value),
    /// The key has the value of this JavaScript literal (`0x1F`, `null`, `/a/i`), checked when lowered.
    Raw(String),
    /// The key is not there.
    Remove,
    /// The list holds these items too.
    Append(Vec<Value>),
    /// The list holds none of these items.
    Without(Vec<Value>),
}

/// One typed change of one key in one file.
#[derive(Clone, Debug, PartialEq)]
pub struct Edit {
    /// The key.
    pub at: KeyPath,
    /// What is done with it.
    pub op: Op,
    /// The wish behind it.
    pub why: Wish,
}
