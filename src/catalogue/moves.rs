//! Which key took another's place, and which of the two counts while both are there.
//!
//! `moves.jsonl` is the index of all `moved_to` of both files by the new key.

use serde::Deserialize;

use super::date::Date;
use super::file::ConfigFile;
use super::key::name;
use super::table::{Table, dotted, head, parse};
use crate::value::KeyPath;

/// Where a key went.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Move {
    /// The file of the new key.
    pub file: ConfigFile,
    /// The new key.
    #[serde(deserialize_with = "dotted")]
    pub path: KeyPath,
    /// The day it moved.
    pub since: Date,
    /// Which of the two counts in the newest client; older ones may differ.
    pub rule: Rule,
    /// What becomes of the value.
    #[serde(default, rename = "value")]
    pub carry: Carry,
}

/// Which key counts where the old and the new one are both there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// The new one; the old one is honoured while the new one is unset.
    NewWins,
    /// The old one overrides the new one.
    OldWins,
    /// The old one is honoured only while the whole object of the new one is missing.
    OnlyIfParentAbsent,
    /// The old one adds to a list or takes from it.
    Merged,
    /// The new one; the old one is ignored always.
    NotTranslated,
}

/// What becomes of the value of a key that moved.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Carry {
    /// It is the same.
    #[default]
    Same,
    /// `true` became `false`.
    Inverted,
    /// A flag became items of a list.
    ListEntries,
    /// Several keys became one; the value has to be thought over.
    Combined,
}

/// An old key of which another took the place.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Predecessor {
    /// The new key.
    #[serde(deserialize_with = "dotted")]
    pub target: KeyPath,
    /// The file of the new key.
    pub target_file: ConfigFile,
    /// The file of the old key.
    pub file: ConfigFile,
    /// The old key.
    #[serde(deserialize_with = "dotted")]
    pub path: KeyPath,
    /// The day it moved.
    pub since: Date,
    /// Which of the two counts in the newest client.
    pub rule: Rule,
    /// What becomes of the value.
    #[serde(default, rename = "value")]
    pub carry: Carry,
}

impl Predecessor {
    /// The object whose mere presence switches the old key off, if there is one: `deeplinking`.
    #[must_use]
    pub fn switched_off_by(&self) -> Option<KeyPath> {
        whole_object(self.rule, &self.target)
    }
}

impl Move {
    /// The object whose mere presence switches the old key off, if there is one: `deeplinking`.
    #[must_use]
    pub fn switched_off_by(&self) -> Option<KeyPath> {
        whole_object(self.rule, &self.path)
    }
}

/// The old keys of which `path` of `file` took the place.
#[must_use]
pub fn predecessors(file: ConfigFile, path: &KeyPath) -> Vec<Predecessor> {
    let mut found = predecessors_below(file, path);
    found.retain(|old| old.target == *path);
    found
}

/// The old keys of which `object` of `file`, or a key below it, took the place.
#[must_use]
pub fn predecessors_below(file: ConfigFile, object: &KeyPath) -> Vec<Predecessor> {
    let Some(name) = name(object) else { return Vec::new() };
    let near = MOVES.from(&name).take_while(|line| head(line).starts_with(&name));
    let found = near.filter_map(parse::<Predecessor>);
    found.filter(|old| old.target_file == file && object.contains(&old.target)).collect()
}

/// The newest client tests for the outermost object, not for the one next to the key.
fn whole_object(rule: Rule, target: &KeyPath) -> Option<KeyPath> {
    let outermost = target.segments().first()?;
    (rule == Rule::OnlyIfParentAbsent).then(|| KeyPath::new(vec![outermost.clone()]))
}

static MOVES: Table = Table(include_str!("data/moves.jsonl"));
