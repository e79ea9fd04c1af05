//! Making durable what was written: files, and the names in folders.

use std::collections::BTreeSet;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use super::error::{At, Error};

/// What was written and is not durable yet.
#[derive(Default)]
pub(super) struct Unsynced {
    files: Vec<(PathBuf, File)>,
    folders: BTreeSet<PathBuf>,
}

impl Unsynced {
    /// A file whose bytes, mode, owner or attributes are new.
    pub(super) fn add_file(&mut self, path: PathBuf, file: File) {
        self.files.push((path, file));
    }

    /// A folder in which a name is new or gone.
    pub(super) fn add_folder(&mut self, folder: &Path) {
        if !self.folders.contains(folder) {
            self.folders.insert(folder.to_owned());
        }
    }

    /// Makes all of it durable, the files first and in the order in which they came, and forgets it.
    pub(super) fn sync(&mut self) -> Result<(), Error> {
        let Unsynced { files, folders } = std::mem::take(self);
        files.iter().try_for_each(|(path, file)| file.sync_all().at("write", path))?;
        folders.iter().try_for_each(|folder| sync_folder(folder))
    }
}

/// Makes the names in `folder` durable.
pub(super) fn sync_folder(folder: &Path) -> Result<(), Error> {
    match File::open(folder).and_then(|folder| folder.sync_all()) {
        // Some network file systems do not know how; their names are durable by themselves.
        Err(error) if error.kind() == io::ErrorKind::InvalidInput => Ok(()),
        synced => synced.at("write", folder),
    }
}
