//! The lock that lets only one run of ours write.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::os::unix::fs::PermissionsExt as _;

use super::error::{At, Error};
use super::root::Root;
use super::survey::{STATE, site_path};

/// Held while a run writes; given back when dropped, and by the system when the run dies.
#[derive(Debug)]
pub struct OwnLock {
    _file: File,
}

/// Takes the lock of the site below `root`.
///
/// # Errors
/// When another run holds it, or our folder cannot be made.
pub fn lock(root: &Root) -> Result<OwnLock, Error> {
    let folder = root.place(&site_path(STATE)?)?;
    if !folder.is_dir() {
        fs::create_dir_all(&folder).at("make", &folder)?;
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).at("make", &folder)?;
    }
    let path = folder.join("lock");
    let file = OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(&path)
        .at("open", &path)?;
    match file.try_lock() {
        Ok(()) => Ok(OwnLock { _file: file }),
        Err(TryLockError::WouldBlock) => Err(Error::Locked(path)),
        Err(TryLockError::Error(source)) => Err(Error::Io { action: "lock", path, source }),
    }
}
