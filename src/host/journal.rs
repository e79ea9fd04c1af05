//! The undo journal: what a commit is about to do, so that the next run can take it back.
//!
//! It is the next receipt, and how to undo what that tells: once all is done it gets the receipt's name as well, so
//! that one file has to be durable, and not two.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::durable::Unsynced;
use super::error::Error;
use super::files::{NEW, beside, folder_of, missing_folders, write_new};
use super::root::Root;
use super::state::{self, JOURNAL, RECEIPT, site_path};
use super::turn::Turn;
use crate::content::Content;
use crate::digest::Digest;
use crate::path::SitePath;
use crate::plan::receipt::Receipt;

/// A commit that has begun.
#[derive(Debug)]
pub(super) struct Journal {
    /// The generation that the receipt has once the commit has happened.
    pub(super) generation: u64,
    /// The files in the order in which they change, as they really lie behind links. The receipt is the last.
    pub(super) steps: Vec<Entry>,
    /// Folders that are made for them, outermost first.
    pub(super) folders: Vec<SitePath>,
    /// The turn to the next generation, on a packaged site.
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

/// What a receipt says beside itself: how to undo the commit that it is the record of.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Undo {
    /// The files, but for the receipt, which cannot hold its own digest.
    steps: Vec<Entry>,
    /// The receipt before; none if there was none.
    receipt: Option<Digest>,
    /// As of the journal.
    folders: Vec<SitePath>,
    /// As of the journal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    turn: Option<Turn>,
}

/// The journal as it is written.
#[derive(Serialize)]
struct Written<'r> {
    #[serde(flatten)]
    receipt: &'r Receipt,
    undo: &'r Undo,
}

/// The journal as it is read.
#[derive(Deserialize)]
struct Read {
    undo: Undo,
}

impl Undo {
    /// How to undo `steps`, and a receipt in the place of that of the digest `receipt`.
    pub(super) fn new(
        root: &Root,
        steps: Vec<Entry>,
        receipt: Option<Digest>,
        turn: Option<Turn>,
    ) -> Result<Self, Error> {
        let written = steps.iter().filter(|step| step.new.is_some());
        let missing: BTreeSet<PathBuf> =
            written.flat_map(|step| missing_folders(&root.at(&step.path))).collect();
        let relative = |folder: &PathBuf| {
            site_path(&folder.strip_prefix(root.folder()).unwrap_or(folder).to_string_lossy())
        };
        let folders = missing.iter().map(relative).collect::<Result<_, Error>>()?;
        Ok(Undo { steps, receipt, folders, turn })
    }

    /// The journal of the commit whose record is `receipt`, as bytes.
    pub(super) fn written(&self, root: &Root, receipt: &Receipt) -> Result<Content, Error> {
        Ok(state::encode(root, JOURNAL, &Written { receipt, undo: self })?.into())
    }
}

impl Journal {
    /// The journal that is written as `bytes`.
    pub(super) fn new(root: &Root, generation: u64, undo: Undo, bytes: &Content) -> Result<Self, Error> {
        let Undo { mut steps, receipt: old, folders, turn } = undo;
        let path = root.real(&site_path(RECEIPT)?)?;
        steps.push(Entry { path, old, new: Some(bytes.digest().clone()), is_late: false });
        Ok(Journal { generation, steps, folders, turn })
    }
}

/// Where the journal lies.
pub(super) fn path(root: &Root) -> Result<PathBuf, Error> {
    Ok(root.at(&root.real(&site_path(JOURNAL)?)?))
}

/// Writes the journal, at once under its own name: what a power cut leaves unfinished is told from what is durable.
/// It has the mode and owner of `receipt`, whose place it will take.
pub(super) fn write(
    root: &Root,
    bytes: &Content,
    receipt: &Path,
    unsynced: &mut Unsynced,
) -> Result<(), Error> {
    let path = path(root)?;
    let file = write_new(&path, bytes, Some(receipt))?;
    unsynced.add_folder(folder_of(&path));
    unsynced.add_file(path, file);
    Ok(())
}

/// The journal of a commit that did not end; none if there is none, or if it never was durable: nothing was replaced
/// then. It gets its second name once it is durable, and is read by that where it was lost since.
pub(super) fn read(root: &Root) -> Result<Option<Journal>, Error> {
    let Some(bytes) = root.read(&site_path(JOURNAL)?)? else { return Ok(None) };
    let journal = decoded(root, &bytes);
    if journal.is_ok() {
        return journal.map(Some);
    }
    let receipt = root.real(&site_path(RECEIPT)?)?;
    let second = site_path(&beside(Path::new(receipt.as_str()), NEW).to_string_lossy())?;
    match root.read(&second)? {
        Some(second) if second == bytes => journal.map(Some),
        // What another run left there is no journal, or one of which nothing is to be undone.
        Some(second) => Ok(decoded(root, &second).ok()),
        None => Ok(None),
    }
}

fn decoded(root: &Root, bytes: &Content) -> Result<Journal, Error> {
    let receipt: Receipt = state::decode(root, JOURNAL, bytes)?;
    state::known_format(root, JOURNAL, receipt.format)?;
    let Read { undo } = state::decode(root, JOURNAL, bytes)?;
    Journal::new(root, receipt.generation, undo, bytes)
}
