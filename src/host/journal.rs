//! The undo journal: what a commit is about to do, so that the next run can take it back.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::error::Error;
use super::files;
use super::root::{Root, read_file};
use super::survey::{STATE, site_path};
use crate::digest::Digest;
use crate::path::SitePath;

/// A commit that has begun.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Journal {
    /// The generation that the receipt gets when it is complete.
    pub(super) generation: u64,
    /// The files, as they really lie behind links, relative to the root.
    pub(super) steps: Vec<Entry>,
    /// Folders that were made for them, outermost first.
    pub(super) folders: Vec<SitePath>,
}

/// One file of a commit.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Entry {
    /// The file.
    pub(super) path: SitePath,
    /// Its bytes before; none if it was not there.
    pub(super) old: Option<Digest>,
    /// Its bytes after; none if it is removed.
    pub(super) new: Option<Digest>,
}

/// Where the journal lies.
pub(super) fn path(root: &Root) -> Result<PathBuf, Error> {
    root.place(&site_path(&format!("{STATE}/journal.json"))?)
}

/// Makes the journal durable.
pub(super) fn write(root: &Root, journal: &Journal) -> Result<(), Error> {
    let path = path(root)?;
    files::write_own(&path, &json(&path, journal)?)
}

/// The journal of a commit that did not end; none if there is none.
pub(super) fn read(root: &Root) -> Result<Option<Journal>, Error> {
    let path = path(root)?;
    if !path.exists() {
        return Ok(None);
    }
    let bytes = read_file(&path, 64 << 20)?;
    let bad = |error: serde_json::Error| Error::Record { path: path.clone(), reason: error.to_string() };
    serde_json::from_slice(&bytes).map(Some).map_err(bad)
}

/// `record` as the bytes of a file.
pub(super) fn json(path: &Path, record: &impl Serialize) -> Result<Vec<u8>, Error> {
    let bad = |error: serde_json::Error| Error::Record { path: path.to_owned(), reason: error.to_string() };
    let mut bytes = serde_json::to_vec_pretty(record).map_err(bad)?;
    bytes.push(b'\n');
    Ok(bytes)
}
