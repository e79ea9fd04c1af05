//! The locks of a run that writes: dpkg's own two, so that no upgrade runs at the same time, and then ours.
//!
//! dpkg's are record locks of `fcntl`, which neither `flock` nor the standard library's locks conflict with. Inside a
//! maintainer script our ancestor holds them already, and on a site without dpkg there are none.

use std::fs::{File, OpenOptions, TryLockError};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rustix::fs::{FlockOperation, fcntl_lock};
use rustix::io::Errno;

use super::dpkg::is_packaged;
use super::error::{At, Error};
use super::files::{folder_of, make_folders};
use super::root::Root;
use super::state::{LOCK, site_path};

/// The locks of dpkg, in the order in which dpkg and apt take them.
const DPKG_LOCKS: [&str; 2] = ["var/lib/dpkg/lock-frontend", "var/lib/dpkg/lock"];
/// How often a lock that is held is asked for again.
const EVERY: Duration = Duration::from_millis(100);

/// Held while a run writes; given back when dropped, and by the system when the run dies.
#[derive(Debug)]
pub struct OwnLock {
    _file: File,
    /// Closing any descriptor of such a file gives its lock back, so they stay open.
    _dpkg: Vec<File>,
    /// Folders that were made for it, and are not durable yet.
    made: Vec<PathBuf>,
}

/// How long a run waits for others.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// For apt and dpkg.
    pub dpkg: Duration,
    /// For another run of ours.
    pub own: Duration,
}

impl Patience {
    /// None at all.
    pub const NONE: Patience = Patience { dpkg: Duration::ZERO, own: Duration::ZERO };
}

/// Takes the locks of the site below `root`. When apt or dpkg holds one, `waiting` is told once.
///
/// # Errors
/// When others hold one for longer than `patience`, or our folder cannot be made.
pub fn lock(root: &Root, patience: Patience, waiting: &mut dyn FnMut(&Path)) -> Result<OwnLock, Error> {
    let dpkg = dpkg_locks(root, patience.dpkg, waiting)?;
    let path = root.at(&root.real(&site_path(LOCK)?)?);
    let made = make_folders(&path)?;
    let file = opened(&path, 0o644)?;
    let end = Instant::now() + patience.own;
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(OwnLock { _file: file, _dpkg: dpkg, made }),
            Err(TryLockError::WouldBlock) if Instant::now() < end => std::thread::sleep(EVERY),
            Err(TryLockError::WouldBlock) => return Err(Error::Locked(path)),
            Err(TryLockError::Error(source)) => return Err(source).at("lock", &path),
        }
    }
}

/// Whether this run is part of the installation of a package, which holds dpkg's locks.
#[must_use]
pub fn is_in_maintainer_script() -> bool {
    std::env::var_os("DPKG_MAINTSCRIPT_PACKAGE").is_some()
}

fn dpkg_locks(root: &Root, patience: Duration, waiting: &mut dyn FnMut(&Path)) -> Result<Vec<File>, Error> {
    if is_in_maintainer_script() || !is_packaged(root)? {
        return Ok(Vec::new());
    }
    let end = Instant::now() + patience;
    let mut held = Vec::new();
    for name in DPKG_LOCKS {
        let path = root.at(&root.real(&site_path(name)?)?);
        let file = opened(&path, 0o640)?;
        let mut is_told = false;
        loop {
            match fcntl_lock(&file, FlockOperation::NonBlockingLockExclusive) {
                Ok(()) => break,
                Err(Errno::AGAIN | Errno::ACCESS) if Instant::now() < end => {
                    if !is_told {
                        waiting(&path);
                        is_told = true;
                    }
                    std::thread::sleep(EVERY);
                }
                Err(Errno::AGAIN | Errno::ACCESS) => return Err(Error::DpkgBusy(path)),
                Err(error) => return Err(error).at("lock", &path),
            }
        }
        held.push(file);
    }
    Ok(held)
}

fn opened(path: &Path, mode: u32) -> Result<File, Error> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false).mode(mode);
    options.open(path).at("open", path)
}

impl OwnLock {
    /// Every folder in which one got its name that was made for the lock.
    pub(super) fn touched(&self) -> impl Iterator<Item = PathBuf> {
        self.made.iter().map(|folder| folder_of(folder).to_owned())
    }
}
