//! What changes in a file: its keys as they are now against those of the plan, whatever the package brought.

use super::FilePlan;
use super::make::Input;
use super::receipt::EditReceipt;
use crate::base::Past;
use crate::target::KeyChange;
use crate::value::{KeyPath, Value};

/// A key that will say something else than it does now.
#[derive(Clone, Debug, PartialEq)]
pub struct KeyDifference<'p> {
    /// The key.
    pub at: &'p KeyPath,
    /// What it says now.
    pub now: Written,
    /// What it will say.
    pub then: Written,
    /// The name of the wish behind it, or of the one that was.
    pub wish: &'p str,
    /// The change of the plan; none where an edit of an earlier run is taken back.
    pub change: Option<&'p KeyChange>,
}

/// A value as it is written in a file.
#[derive(Clone, Debug)]
pub struct Written {
    /// The value, if it is a plain one.
    pub value: Option<Value>,
    /// Its source; none if the key is not there, or nobody asked.
    pub source: Option<String>,
}

impl PartialEq for Written {
    fn eq(&self, other: &Self) -> bool {
        match (&self.value, &other.value) {
            (None, None) => self.source == other.source,
            (one, other) => one == other,
        }
    }
}

/// Notes in each of `files` the edits of the last run that still stand in it.
pub(super) fn note_standing_edits(input: &Input<'_>, files: &mut [FilePlan]) {
    for file in files {
        let Some(old) = input.receipt.and_then(|receipt| receipt.files.get(&file.path)) else { continue };
        let is_as_written = file.actual.as_ref().is_some_and(|actual| *actual.digest() == old.written);
        // Of a page nobody knows which element a hand changed, and lines of a diff are no keys.
        let is_page = input.site.pages.iter().any(|page| page.path == file.path);
        if old.whole.patches.is_empty() && (is_as_written || file.past == Past::Drifted && !is_page) {
            let is_theirs = |edit: &EditReceipt| file.collisions.iter().any(|one| one.edit.at == edit.at);
            file.standing = old.edits.iter().filter(|edit| !is_theirs(edit)).cloned().collect();
        }
    }
}

impl FilePlan {
    /// The differences that are worth a line each: of a file that becomes what it was without us, its bytes say it all.
    #[must_use]
    pub fn shown_differences(&self) -> Vec<KeyDifference<'_>> {
        let is_given_back = self.target.is_some() && self.target == self.base;
        if is_given_back { Vec::new() } else { self.differences() }
    }

    /// Every key that will say something else than it does now, those first that the plan gives a value.
    #[must_use]
    pub fn differences(&self) -> Vec<KeyDifference<'_>> {
        let changed = self.changes.iter().map(|change| KeyDifference {
            at: &change.edit.at,
            now: self.now(change),
            then: Written { value: change.new.clone(), source: change.new_source.clone() },
            wish: &change.edit.why.name,
            change: Some(change),
        });
        let is_taken_back =
            |edit: &&EditReceipt| !self.changes.iter().any(|change| change.edit.at == edit.at);
        let taken_back = self.standing.iter().filter(is_taken_back).map(|edit| KeyDifference {
            at: &edit.at,
            now: after(edit),
            then: Written { value: edit.before_value.clone(), source: edit.before.clone() },
            wish: &edit.wish,
            change: None,
        });
        changed.chain(taken_back).filter(|key| key.now != key.then).collect()
    }

    fn now(&self, change: &KeyChange) -> Written {
        let at = &change.edit.at;
        if let Some(edit) = self.standing.iter().rfind(|edit| edit.at == *at) {
            return after(edit);
        }
        match self.collisions.iter().find(|collision| collision.edit.at == *at) {
            Some(collision) => Written { value: collision.theirs.clone(), source: None },
            None => Written { value: change.old.clone(), source: change.change.before.clone() },
        }
    }
}

fn after(edit: &EditReceipt) -> Written {
    Written { value: edit.after.clone(), source: edit.after_source.clone() }
}
