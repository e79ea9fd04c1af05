//! A folder that stands for `/`: the site's own, a container's, a test's.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::error::{At, Error};
use crate::path::SitePath;

/// The most that is read of one file, in bytes.
const MOST: u64 = 64 << 20;

/// An existing folder that stands for `/`.
#[derive(Clone, Debug)]
pub struct Root {
    folder: PathBuf,
}

impl Root {
    /// Opens `folder`.
    ///
    /// # Errors
    /// When it is no folder, or cannot be read.
    pub fn open(folder: &Path) -> Result<Self, Error> {
        match fs::canonicalize(folder) {
            Ok(found) if found.is_dir() => Ok(Root { folder: found }),
            Err(source) if source.kind() == io::ErrorKind::PermissionDenied => {
                Err(Error::Io { action: "open", path: folder.to_owned(), source })
            }
            Ok(_) | Err(_) => Err(Error::NoRoot(folder.to_owned())),
        }
    }

    /// The folder itself.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The bytes of the file `path`; none if it is not there.
    ///
    /// # Errors
    /// When a link leads out of the root, something else than a file is there, it is too large, or reading fails.
    pub fn read(&self, path: &SitePath) -> Result<Option<Vec<u8>>, Error> {
        match self.resolve(path)? {
            Some(real) => read_file(&real, MOST).map(Some),
            None => Ok(None),
        }
    }

    /// The names of the files and folders in `folder`, sorted; none if it is not there.
    ///
    /// # Errors
    /// When a link leads out of the root, or reading fails.
    pub fn list(&self, folder: &SitePath) -> Result<Vec<String>, Error> {
        let Some(real) = self.resolve(folder)? else { return Ok(Vec::new()) };
        let mut names = Vec::new();
        for entry in fs::read_dir(&real).at("list", &real)? {
            // A name that is not UTF-8 is none of ours.
            names.extend(entry.at("list", &real)?.file_name().into_string());
        }
        names.sort_unstable();
        Ok(names)
    }

    /// The real file that `path` stands for, after every link; none if it is not there.
    ///
    /// # Errors
    /// When a link leads out of the root, or reading one fails.
    pub fn resolve(&self, path: &SitePath) -> Result<Option<PathBuf>, Error> {
        let full = self.join(path);
        match fs::canonicalize(&full) {
            Ok(real) if real.starts_with(&self.folder) => Ok(Some(real)),
            Ok(to) => Err(Error::LeadsOut { path: full, to }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => match fs::symlink_metadata(&full) {
                Ok(link) if link.is_symlink() => {
                    Err(Error::LeadsOut { to: fs::read_link(&full).at("read", &full)?, path: full })
                }
                _ => Ok(None),
            },
            Err(source) => Err(Error::Io { action: "find", path: full, source }),
        }
    }

    /// Where a file that may not be there yet is to stand: behind the links of the folders above it.
    pub(super) fn place(&self, path: &SitePath) -> Result<PathBuf, Error> {
        if let Some(real) = self.resolve(path)? {
            return Ok(real);
        }
        let full = self.join(path);
        let mut above = full.parent();
        while let Some(folder) = above {
            match fs::canonicalize(folder) {
                Ok(real) if real.starts_with(&self.folder) => {
                    return Ok(real.join(full.strip_prefix(folder).unwrap_or(&full)));
                }
                Ok(to) => return Err(Error::LeadsOut { path: full, to }),
                Err(_) => above = folder.parent(),
            }
        }
        Ok(full)
    }

    fn join(&self, path: &SitePath) -> PathBuf {
        self.folder.join(path.as_str())
    }
}

/// The bytes of the regular file `path`, if it has no more than `most`.
pub(super) fn read_file(path: &Path, most: u64) -> Result<Vec<u8>, Error> {
    let metadata = fs::metadata(path).at("read", path)?;
    if !metadata.is_file() {
        return Err(Error::NotAFile(path.to_owned()));
    }
    let file = fs::File::open(path).at("read", path)?;
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or(0));
    file.take(most + 1).read_to_end(&mut bytes).at("read", path)?;
    if bytes.len() as u64 > most {
        return Err(Error::TooLarge { path: path.to_owned(), most });
    }
    Ok(bytes)
}
