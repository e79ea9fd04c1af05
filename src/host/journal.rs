//! The undo journal: what a commit is about to do, so that the next run can take it back.

use std::collections::BTreeSet;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::error::Error;
use super::files::{missing_folders, place};
use super::root::Root;
use super::state::{self, JOURNAL, site_path};
use super::turn::Turn;
use crate::digest::Digest;
use crate::path::SitePath;

/// A commit that has begun.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Journal {
    /// The version of this format: 1.
    pub(super) format: u32,
    /// The generation that the receipt has once the commit has happened.
    pub(super) generation: u64,
    /// The files in the order in which they change, as they really lie behind links. The receipt is the last.
    pub(super) steps: Vec<Entry>,
    /// Folders that are made for them, outermost first.
    pub(super) folders: Vec<SitePath>,
    /// The turn to the next generation, on a packaged site.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) turn: Option<Turn>,
}

/// One file of a commit.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Entry {
    /// The file.
    pub(super) path: SitePath,
    /// Its bytes before; none if it was not there.
    pub(super) old: Option<Digest>,
    /// Its bytes after; none if it is removed.
    pub(super) new: Option<Digest>,
    /// Whether it changes after the turn, and after the files that do not.
    #[serde(default)]
    pub(super) is_late: bool,
}

impl Journal {
    /// The journal of a commit of `steps`, with the folders that those lack.
    pub(super) fn new(
        root: &Root,
        generation: u64,
        steps: Vec<Entry>,
        turn: Option<Turn>,
    ) -> Result<Self, Error> {
        let written = steps.iter().filter(|step| step.new.is_some());
        let missing: BTreeSet<PathBuf> =
            written.flat_map(|step| missing_folders(&root.at(&step.path))).collect();
        let relative = |folder: &PathBuf| {
            site_path(&folder.strip_prefix(root.folder()).unwrap_or(folder).to_string_lossy())
        };
        let folders = missing.iter().map(relative).collect::<Result<_, Error>>()?;
        Ok(Journal { format: 1, generation, steps, folders, turn })
    }
}

/// Where the journal lies.
pub(super) fn path(root: &Root) -> Result<PathBuf, Error> {
    Ok(root.at(&root.real(&site_path(JOURNAL)?)?))
}

/// Writes the journal. Its name is durable once our folder is synced.
pub(super) fn write(root: &Root, journal: &Journal) -> Result<(), Error> {
    place(&path(root)?, &state::encode(root, JOURNAL, journal)?)
}

/// The journal of a commit that did not end; none if there is none.
pub(super) fn read(root: &Root) -> Result<Option<Journal>, Error> {
    let Some(bytes) = root.read(&site_path(JOURNAL)?)? else { return Ok(None) };
    let journal: Journal = state::decode(root, JOURNAL, &bytes)?;
    state::known_format(root, JOURNAL, journal.format)?;
    Ok(Some(journal))
}
