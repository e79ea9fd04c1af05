//! The durable steps that every write is made of.
//!
//! Promises that a file is there whole or not at all, with its mode, owner and attributes, and that undoing needs no
//! space. Never follows a link at the last segment of a path.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use rustix::buffer::spare_capacity;
use rustix::fs::{Advice, AtFlags, CWD, Mode, OFlags, StatxAttributes, StatxFlags, XattrFlags};
use rustix::io::Errno;

use super::error::{At, Error};

/// What follows the name of a file that is about to take another's place.
pub(super) const NEW: &str = ".rebrand-new";
/// What follows the name of a file whose place was taken, until that is settled.
pub(super) const OLD: &str = ".rebrand-old";

/// The most bytes that Linux has in one attribute, or in the list of their names.
const MOST_ATTRIBUTE: usize = 1 << 16;

/// `path` with a dot before its name and `suffix` after it.
pub(super) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = std::ffi::OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(suffix);
    path.with_file_name(name)
}

/// The folder of `path`; that of a bare name is the current one.
pub(super) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if folder.as_os_str().is_empty() => Path::new("."),
        folder => folder.unwrap_or(Path::new("/")),
    }
}

/// Writes `bytes` to the new file `path`, with the mode, owner and attributes of the file `like`, or if none is there
/// with those of any new file of a site. It is durable once it is synced.
pub(super) fn write_new(path: &Path, bytes: &[u8], like: Option<&Path>) -> Result<File, Error> {
    let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let made = in_its_place(path, || Ok(rustix::fs::open(path, flags, Mode::RUSR | Mode::WUSR)?));
    let mut file = File::from(made.at("make", path)?);
    file.write_all(bytes).at("write", path)?;
    dress(&file, like, path)?;
    start_writing(&file);
    Ok(file)
}

/// What `make` makes of the name `path`, after what a killed run left there is gone.
pub(super) fn in_its_place<T>(path: &Path, make: impl Fn() -> io::Result<T>) -> io::Result<T> {
    match make() {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            fs::remove_file(path)?;
            make()
        }
        done => done,
    }
}

/// Has the kernel write `file` while other work goes on, so that syncing several files waits for all of them at once.
/// Linux does that before it looks which pages it may forget; it forgets none that is not written yet.
fn start_writing(file: &File) {
    // Advice may be ignored; the sync is what counts.
    let _ = rustix::fs::fadvise(file, 0, None, Advice::DontNeed);
}

/// Writes `bytes` to the file `path` through a new one beside it. Its name is durable once its folder is synced.
pub(super) fn place(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let new = beside(path, NEW);
    let written = write_new(&new, bytes, Some(path))
        .and_then(|file| file.sync_all().at("write", &new))
        .and_then(|()| fs::rename(&new, path).at("write", path));
    if written.is_err() {
        // The first error is the one to tell.
        let _ = remove(&new);
    }
    written
}

/// Gives the file `path` the second name `old`, or makes a durable copy where the file system has no second names.
pub(super) fn set_aside(path: &Path, old: &Path) -> Result<(), Error> {
    let linked = in_its_place(old, || fs::hard_link(path, old));
    let is_refused =
        |error: &io::Error| Errno::from_io_error(error).is_some_and(|code| LINK_REFUSED.contains(&code));
    match linked {
        Err(error) if is_refused(&error) => copy_aside(path, old),
        linked => linked.at("keep", path),
    }
}

/// How a file system, or the kernel on behalf of a careful administrator, says that it makes no second name.
const LINK_REFUSED: [Errno; 6] =
    [Errno::PERM, Errno::ACCESS, Errno::MLINK, Errno::NOTSUP, Errno::NOSYS, Errno::XDEV];

/// Removes the file `path`, if it is there.
pub(super) fn remove(path: &Path) -> Result<(), Error> {
    match fs::remove_file(path) {
        // A read-only file system refuses before it looks, and undoing must get past what was never written.
        Err(error) if error.kind() == io::ErrorKind::NotFound || is_missing(path) => Ok(()),
        done => done.at("remove", path),
    }
}

/// Removes what `path` names, if it is there: a folder with all that it holds.
pub(super) fn remove_all(path: &Path) -> Result<(), Error> {
    if !is_folder(path) {
        return remove(path);
    }
    match fs::remove_dir_all(path) {
        // Another run did it.
        Err(_) if is_missing(path) => Ok(()),
        done => done.at("remove", path),
    }
}

/// Whether something is mounted over `path`, so that nothing else can take its place.
pub(super) fn is_mounted(path: &Path) -> bool {
    let found = rustix::fs::statx(CWD, path, AtFlags::SYMLINK_NOFOLLOW, StatxFlags::empty());
    found.is_ok_and(|found| found.stx_attributes.contains(StatxAttributes::MOUNT_ROOT))
}

/// Whether `path` is marked so that not even root may rename, replace or remove it, or anything in it if it is a folder.
pub(super) fn is_immutable(path: &Path) -> bool {
    let marks = StatxAttributes::IMMUTABLE | StatxAttributes::APPEND;
    let found = rustix::fs::statx(CWD, path, AtFlags::SYMLINK_NOFOLLOW, StatxFlags::empty());
    found.is_ok_and(|found| found.stx_attributes.intersects(marks))
}

/// Whether `path` itself names a folder.
pub(super) fn is_folder(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_dir())
}

/// Removes the folder `path` if it is there and empty. One that somebody put something into stays.
pub(super) fn remove_empty(path: &Path) -> Result<(), Error> {
    let is_kept = || fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_some());
    match fs::remove_dir(path) {
        // Something is mounted there, or it is a folder no more: it is somebody else's.
        Err(error) if matches!(error.kind(), io::ErrorKind::ResourceBusy | io::ErrorKind::NotADirectory) => {
            Ok(())
        }
        Err(_) if is_missing(path) || is_kept() => Ok(()),
        done => done.at("remove", path),
    }
}

fn is_missing(path: &Path) -> bool {
    fs::symlink_metadata(path).is_err_and(|error| error.kind() == io::ErrorKind::NotFound)
}

/// The folders above `path` that are not there, outermost first.
pub(super) fn missing_folders(path: &Path) -> Vec<PathBuf> {
    let mut missing: Vec<PathBuf> = path
        .ancestors()
        .skip(1)
        // The last one above a relative path is the current folder, which has no name there.
        .take_while(|folder| !folder.as_os_str().is_empty() && fs::symlink_metadata(folder).is_err())
        .map(Path::to_owned)
        .collect();
    missing.reverse();
    missing
}

/// Makes `folder`, 0755 whatever the umask. Its name is durable once the folder above is synced.
pub(super) fn make_folder(folder: &Path) -> Result<(), Error> {
    fs::create_dir(folder).at("make", folder)?;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).at("make", folder)
}

/// Makes the folders above `path` that are not there, and returns them. Another run may be making them too. Their names
/// are durable once the folder above each is synced.
pub(super) fn make_folders(path: &Path) -> Result<Vec<PathBuf>, Error> {
    let missing = missing_folders(path);
    for folder in &missing {
        match make_folder(folder) {
            Err(Error::Io { source, .. })
                if source.kind() == io::ErrorKind::AlreadyExists && folder.is_dir() => {}
            made => made?,
        }
    }
    Ok(missing)
}

fn copy_aside(path: &Path, old: &Path) -> Result<(), Error> {
    let bytes = fs::read(path).at("keep", path)?;
    write_new(old, &bytes, Some(path))?.sync_all().at("keep", path)
}

/// Gives `file`, which is at `path`, the mode, owner and attributes of the file `like`, if that is there.
fn dress(file: &File, like: Option<&Path>, path: &Path) -> Result<(), Error> {
    let Some(like) = like else { return set_mode(file, 0o644, path) };
    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
    let like = match rustix::fs::open(like, flags, Mode::empty()) {
        Ok(like) => File::from(like),
        Err(Errno::NOENT) => return set_mode(file, 0o644, path),
        Err(error) => return Err(error).at("read", like),
    };
    let theirs = like.metadata().at("read", path)?;
    let ours = file.metadata().at("read", path)?;
    if (ours.uid(), ours.gid()) != (theirs.uid(), theirs.gid()) {
        std::os::unix::fs::fchown(file, Some(theirs.uid()), Some(theirs.gid()))
            .at("set the owner of", path)?;
    }
    copy_attributes(file, &like, path)?;
    // After the owner, for a change of that takes the set-user bits away.
    set_mode(file, theirs.permissions().mode() & 0o7777, path)
}

fn set_mode(file: &File, mode: u32, path: &Path) -> Result<(), Error> {
    rustix::fs::fchmod(file, Mode::from_raw_mode(mode)).at("set the mode of", path)
}

/// Gives `file` the extended attributes of `like`, and takes away those that it got from the folder alone.
fn copy_attributes(file: &File, like: &File, path: &Path) -> Result<(), Error> {
    let ours = attributes(file, path)?;
    let theirs = attributes(like, path)?;
    for (name, value) in &theirs {
        if ours.get(name) != Some(value) && !is_of_content(name) {
            rustix::fs::fsetxattr(file, name.as_slice(), value, XattrFlags::empty())
                .at("set the attributes of", path)?;
        }
    }
    // The security modules' labels are not ours to take away.
    for name in ours.keys().filter(|name| !theirs.contains_key(*name) && !name.starts_with(b"security.")) {
        rustix::fs::fremovexattr(file, name.as_slice()).at("set the attributes of", path)?;
    }
    Ok(())
}

/// Whether the attribute is a signature of the bytes, so that it would be wrong of others.
fn is_of_content(name: &[u8]) -> bool {
    matches!(name, b"security.ima" | b"security.evm")
}

fn attributes(file: &File, path: &Path) -> Result<BTreeMap<Vec<u8>, Vec<u8>>, Error> {
    // A file system without attributes has none to lose.
    if matches!(rustix::fs::flistxattr_query(file), Ok(0) | Err(Errno::NOTSUP)) {
        return Ok(BTreeMap::new());
    }
    let mut names = Vec::with_capacity(MOST_ATTRIBUTE);
    rustix::fs::flistxattr(file, spare_capacity(&mut names)).at("read the attributes of", path)?;
    let value = |name: &[u8]| {
        let mut value = Vec::with_capacity(MOST_ATTRIBUTE);
        rustix::fs::fgetxattr(file, name, spare_capacity(&mut value)).at("read the attributes of", path)?;
        Ok((name.to_vec(), value))
    };
    names.split(|byte| *byte == 0).filter(|name| !name.is_empty()).map(value).collect()
}
