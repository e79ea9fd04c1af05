//! Files written so that they are there whole or not at all.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use rustix::fs::{Mode, XattrFlags};

use super::error::{At, Error};

/// What follows the name of a file that is about to take another's place.
pub(super) const NEW: &str = ".rebrand-new";
/// What follows the name of a file whose place was taken, until that is settled.
pub(super) const OLD: &str = ".rebrand-old";

/// `path` with a dot before its name and `suffix` after it.
pub(super) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}{suffix}"))
}

/// Writes `bytes` to a new file beside `path`, durably, with the mode, owner and attributes of the file at `path` if
/// there is one. Returns where.
pub(super) fn write_beside(path: &Path, bytes: &[u8]) -> Result<PathBuf, Error> {
    let new = beside(path, NEW);
    remove(&new)?;
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&new).at("make", &new)?;
    file.write_all(bytes).at("write", &new)?;
    dress(&file, path, &new)?;
    file.sync_all().at("write", &new)?;
    Ok(new)
}

/// Gives `file` the mode, owner and extended attributes of the file `like`, or those of any new file of a site.
fn dress(file: &File, like: &Path, path: &Path) -> Result<(), Error> {
    let Ok(metadata) = fs::metadata(like) else {
        return rustix::fs::fchmod(file, Mode::from_raw_mode(0o644)).at("set the mode of", path);
    };
    let ours = file.metadata().at("look at", path)?;
    if (ours.uid(), ours.gid()) != (metadata.uid(), metadata.gid()) {
        std::os::unix::fs::fchown(file, Some(metadata.uid()), Some(metadata.gid()))
            .at("set the owner of", path)?;
    }
    copy_attributes(file, like, path)?;
    // After the owner: changing that takes the set-user bits away.
    let mode = Mode::from_raw_mode(metadata.permissions().mode() & 0o7777);
    rustix::fs::fchmod(file, mode).at("set the mode of", path)
}

fn copy_attributes(file: &File, like: &Path, path: &Path) -> Result<(), Error> {
    let mut names = vec![0_u8; 4096];
    let length = match rustix::fs::listxattr(like, names.as_mut_slice()) {
        Ok(length) => length,
        // A file system without attributes has none to lose.
        Err(rustix::io::Errno::NOTSUP) => return Ok(()),
        Err(error) => return Err(error).at("read the attributes of", like),
    };
    for name in
        names.get(..length).unwrap_or_default().split(|byte| *byte == 0).filter(|name| !name.is_empty())
    {
        let mut value = vec![0_u8; 65536];
        let length =
            rustix::fs::getxattr(like, name, value.as_mut_slice()).at("read the attributes of", like)?;
        let value = value.get(..length).unwrap_or_default();
        rustix::fs::fsetxattr(file, name, value, XattrFlags::empty()).at("set the attributes of", path)?;
    }
    Ok(())
}

/// Writes a file of our own state, durably: a new one beside it, then in its place.
pub(super) fn write_own(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let new = write_beside(path, bytes)?;
    fs::rename(&new, path).at("write", path)?;
    sync_folder_of(path)
}

/// Makes the names in the folder of `path` durable.
pub(super) fn sync_folder_of(path: &Path) -> Result<(), Error> {
    let folder = path.parent().unwrap_or(Path::new("/"));
    File::open(folder).and_then(|folder| folder.sync_all()).at("write", folder)
}

/// Removes the file `path`, if it is there.
pub(super) fn remove(path: &Path) -> Result<(), Error> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error).at("remove", path),
        _ => Ok(()),
    }
}

/// Makes the folders above `path` that are missing, 0755 whatever the umask; returns them, outermost first.
pub(super) fn make_folders(path: &Path) -> Result<Vec<PathBuf>, Error> {
    let missing: Vec<PathBuf> =
        path.ancestors().skip(1).take_while(|folder| !folder.exists()).map(Path::to_owned).collect();
    let made: Vec<PathBuf> = missing.into_iter().rev().collect();
    for folder in &made {
        fs::create_dir(folder).at("make", folder)?;
        fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).at("make", folder)?;
        sync_folder_of(folder)?;
    }
    Ok(made)
}
