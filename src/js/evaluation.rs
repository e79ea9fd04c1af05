//! What an evaluation comes to.

use std::collections::{BTreeMap, BTreeSet};

use super::body::Reach;
use super::known::{Known, Unknown};
use super::place::Place;
use crate::text::Span;

/// What is known after a script has run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Evaluation {
    /// The global variables that the script declares or writes to. The value of a JSON file has the empty name.
    pub variables: BTreeMap<String, Known>,
    /// What may have changed variables in a way that is not followed, in the order of execution. The values of the
    /// variables that it names are those without it.
    pub effects: Vec<Effect>,
    /// The exception that stops the script; nothing after it has run.
    pub throws: Option<Throw>,
    /// Variables that are but other names of a place, as a script would spell it.
    pub aliases: BTreeMap<String, String>,
    /// What was given a value, in the order of execution.
    pub(super) stores: Vec<Store>,
    /// Variables, and those from which they are computed.
    pub(super) sources: BTreeMap<String, BTreeSet<String>>,
}

impl Evaluation {
    /// Other names of the variable `root`.
    pub(super) fn names_of(&self, root: &str) -> Vec<&str> {
        let names = self.aliases.iter().filter(|(_, target)| *target == root);
        names.map(|(name, _)| name.as_str()).collect()
    }
}

/// A place that was given a value, or was taken out.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Store {
    /// The place.
    pub(super) place: Place,
    /// The code that did it.
    pub(super) span: Span,
    /// How many effects came before.
    pub(super) effects: usize,
    /// Whether it may not have happened.
    pub(super) is_conditional: bool,
}

/// A piece of code that may change variables in a way that is not followed.
#[derive(Clone, Debug, PartialEq)]
pub struct Effect {
    /// Where it is.
    pub span: Span,
    /// The code, without comments and needless white space.
    pub text: String,
    /// The variables that it may change, sorted.
    pub names: Vec<String>,
    /// What it may change by itself.
    pub(super) reach: Reach,
    /// Variables that may hold the objects that it may change.
    pub(super) shared: BTreeSet<String>,
    /// What it reads.
    pub(super) read: Unknown,
    /// Whether it but sets a key of an object that has other names too.
    pub(super) is_echo: bool,
}

/// An exception that nothing catches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Throw {
    /// The code that throws.
    pub span: Span,
    /// Why.
    pub message: String,
}
