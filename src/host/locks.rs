//! The lock that lets only one run of ours write. dpkg's own locks are others, and will be taken before this one.

use std::fs::{File, OpenOptions, TryLockError};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::PathBuf;

use super::error::{At, Error};
use super::files::{folder_of, make_folders};
use super::root::Root;
use super::state::{LOCK, site_path};

/// Held while a run writes; given back when dropped, and by the system when the run dies.
#[derive(Debug)]
pub struct OwnLock {
    _file: File,
    /// Folders that were made for it, and are not durable yet.
    made: Vec<PathBuf>,
}

/// Takes the lock of the site below `root`.
///
/// # Errors
/// When another run holds it, or our folder cannot be made.
pub fn lock(root: &Root) -> Result<OwnLock, Error> {
    let path = root.at(&root.real(&site_path(LOCK)?)?);
    let made = make_folders(&path)?;
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false).mode(0o644);
    let file = options.open(&path).at("open", &path)?;
    match file.try_lock() {
        Ok(()) => Ok(OwnLock { _file: file, made }),
        Err(TryLockError::WouldBlock) => Err(Error::Locked(path)),
        Err(TryLockError::Error(source)) => Err(source).at("lock", &path),
    }
}

impl OwnLock {
    /// Every folder in which one got its name that was made for the lock.
    pub(super) fn touched(&self) -> impl Iterator<Item = PathBuf> {
        self.made.iter().map(|folder| folder_of(folder).to_owned())
    }
}
