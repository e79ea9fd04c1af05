//! The undo journal: what a commit is about to do, so that the next run can take it back.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

use super::durable::Unsynced;
use super::error::Error;
use super::files::{NEW, beside, folder_of, missing_folders, write_new};
use super::root::Root;
use super::state::{self, JOURNAL, RECEIPT, decode_receipt, site_path};
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

/// Writes the journal, at once under its own name: what a power cut leaves unfinished is told from what is durable.
pub(super) fn write(root: &Root, journal: &Journal, unsynced: &mut Unsynced) -> Result<(), Error> {
    let path = path(root)?;
    let file = write_new(&path, &state::encode(root, JOURNAL, journal)?, None)?;
    unsynced.add_folder(folder_of(&path));
    unsynced.add_file(path, file);
    Ok(())
}

/// The journal of a commit that did not end; none if there is none, or if it was never finished: nothing was replaced
/// then.
pub(super) fn read(root: &Root) -> Result<Option<Journal>, Error> {
    let Some(bytes) = root.read(&site_path(JOURNAL)?)? else { return Ok(None) };
    if is_unfinished(&bytes) && !is_ready(root)? {
        return Ok(None);
    }
    let journal: Journal = state::decode(root, JOURNAL, &bytes)?;
    state::known_format(root, JOURNAL, journal.format)?;
    Ok(Some(journal))
}

/// Whether `bytes` end early, or in the zeros that some file systems have for what never reached the disk.
fn is_unfinished(bytes: &[u8]) -> bool {
    let parsed = serde_json::from_slice::<IgnoredAny>(bytes);
    bytes.ends_with(b"\0") || parsed.is_err_and(|error| error.is_eof())
}

/// Whether everything was ready once, so that files may have been replaced: the receipt, which is replaced last, lies
/// there whole.
fn is_ready(root: &Root) -> Result<bool, Error> {
    let receipt = beside(Path::new(RECEIPT), NEW);
    let receipt = root.read(&site_path(&receipt.to_string_lossy())?)?;
    Ok(receipt.is_some_and(|receipt| decode_receipt(root, &receipt).is_ok()))
}
