//! How one lock differs from another.

use std::collections::BTreeMap;
use std::fmt;

use super::{Lock, PicturePin};

/// One difference from a lock as it was to a lock as it would be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// What it is about.
    pub of: Pinned,
    /// Its name in the lock.
    pub name: String,
    /// What became of it.
    pub change: Change,
}

/// What is pinned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pinned {
    /// A source.
    Source,
    /// A picture.
    Picture,
}

/// What became of something pinned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It was not pinned.
    Added,
    /// It is another one now.
    Changed,
    /// It is pinned, and wanted no more.
    Gone,
}

impl fmt::Display for Difference {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let of = match self.of {
            Pinned::Source => "source",
            Pinned::Picture => "picture",
        };
        let change = match self.change {
            Change::Added => "is not pinned yet",
            Change::Changed => "is another one than was pinned",
            Change::Gone => "is pinned, and wanted no more",
        };
        write!(out, "the {of} `{}` {change}", self.name)
    }
}

/// How `new` differs from `old`, by name. That another version of the tool made it is no difference, and pictures are
/// compared by their pixels where both have some.
#[must_use]
pub fn differences(old: &Lock, new: &Lock) -> Vec<Difference> {
    let sources = compared(&old.sources, &new.sources, Pinned::Source, |old, new| {
        (&old.digest, &old.file) == (&new.digest, &new.file)
    });
    let pictures = compared(&old.pictures, &new.pictures, Pinned::Picture, is_same_picture);
    sources.into_iter().chain(pictures).collect()
}

fn is_same_picture(old: &PicturePin, new: &PicturePin) -> bool {
    match (&old.pixels, &new.pixels) {
        (Some(old), Some(new)) => old == new,
        _ => old.digest == new.digest,
    }
}

fn compared<P>(
    old: &BTreeMap<String, P>,
    new: &BTreeMap<String, P>,
    of: Pinned,
    is_same: impl Fn(&P, &P) -> bool,
) -> Vec<Difference> {
    let difference = |name: &String, change| Difference { of, name: name.clone(), change };
    let kept = new.iter().filter_map(|(name, pin)| match old.get(name) {
        None => Some(difference(name, Change::Added)),
        Some(before) => (!is_same(before, pin)).then(|| difference(name, Change::Changed)),
    });
    let gone = old.keys().filter(|name| !new.contains_key(*name)).map(|name| difference(name, Change::Gone));
    kept.chain(gone).collect()
}
