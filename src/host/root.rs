//! A folder that stands for `/`: the site's own, a container's, a test's.
//!
//! Promises that nothing is read or written outside it: links are followed by hand, one by one, and one that leads
//! out is refused. Reads only whole regular files of bounded size.

use std::collections::HashSet;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use rustix::fs::{Mode, OFlags};

use super::error::{At, Error};
use crate::content::Content;
use crate::path::SitePath;

/// The most that is read of one file, in bytes.
const MOST: u64 = 64 << 20;

/// How much of a file is compared at a time, in bytes.
const PART: usize = 1 << 13;

/// How many links are followed on the way to one file: as many as Linux does.
const MOST_LINKS: u32 = 40;

/// An existing folder that stands for `/`.
#[derive(Clone, Debug)]
pub struct Root {
    folder: PathBuf,
    /// Folders that were seen to be no links. A run takes the tree as it first saw it.
    plain: Arc<Mutex<HashSet<PathBuf>>>,
}

/// What stands behind a name.
enum Entry {
    /// A link, and where it leads.
    Link(PathBuf),
    /// Nothing.
    Missing,
    /// A file or a folder.
    Other,
}

impl Root {
    /// Opens `folder`.
    ///
    /// # Errors
    /// When it is no folder, or cannot be read.
    pub fn open(folder: &Path) -> Result<Self, Error> {
        let found = match fs::canonicalize(folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err(Error::NoRoot(folder.to_owned()));
            }
            found => found.at("open", folder)?,
        };
        if !found.is_dir() {
            return Err(Error::NoRoot(folder.to_owned()));
        }
        fs::read_dir(&found).at("list", folder)?;
        Ok(Root { folder: found, plain: Arc::default() })
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
    pub fn read(&self, path: &SitePath) -> Result<Option<Content>, Error> {
        let (real, is_there) = self.follow(path)?;
        let bytes = if is_there { read_file(&self.at(&real), MOST)? } else { None };
        Ok(bytes.map(Content::from))
    }

    /// Whether there is anything at `path`.
    ///
    /// # Errors
    /// When a link leads out of the root, or cannot be followed.
    pub(super) fn is_there(&self, path: &SitePath) -> Result<bool, Error> {
        Ok(self.follow(path)?.1)
    }

    /// Whether the file `path` has exactly the bytes `expected`; with none, whether it is not there.
    ///
    /// # Errors
    /// As of [`Root::read`].
    pub(super) fn has(&self, path: &SitePath, expected: Option<&[u8]>) -> Result<bool, Error> {
        let (real, is_there) = self.follow(path)?;
        if is_there { has(&self.at(&real), expected) } else { Ok(expected.is_none()) }
    }

    /// The names of the files and folders in `folder`, sorted; none if it is not there.
    ///
    /// # Errors
    /// When a link leads out of the root, or reading fails.
    pub fn list(&self, folder: &SitePath) -> Result<Vec<String>, Error> {
        let (real, is_there) = self.follow(folder)?;
        if !is_there {
            return Ok(Vec::new());
        }
        let real = self.at(&real);
        let entries = match fs::read_dir(&real) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries.at("list", &real)?,
        };
        let mut names = Vec::new();
        for entry in entries {
            // A name that is not UTF-8 is none of ours.
            names.extend(entry.at("list", &real)?.file_name().into_string());
        }
        names.sort_unstable();
        Ok(names)
    }

    /// The file that `path` stands for after every link, whether it is there or not.
    pub(super) fn real(&self, path: &SitePath) -> Result<SitePath, Error> {
        Ok(self.follow(path)?.0)
    }

    /// The file that `path` stands for after every link, and whether it is there.
    fn follow(&self, path: &SitePath) -> Result<(SitePath, bool), Error> {
        let (mut real, ahead) = self.known(path);
        let mut ahead: Vec<OsString> = ahead.rsplit('/').map(OsString::from).collect();
        let mut links = 0;
        // Whether the folder that was asked last is not there: then nothing below it is.
        let mut is_missing = false;
        while let Some(segment) = ahead.pop() {
            if segment == ".." {
                is_missing = false;
                if !real.pop() && !self.is_whole() {
                    return Err(Error::LeadsOut { path: self.at(path), to: self.folder.join("..") });
                }
                continue;
            }
            real.push(segment);
            if is_missing {
                continue;
            }
            let target = match self.entry_at(&real, !ahead.is_empty())? {
                Entry::Link(target) => target,
                Entry::Missing => {
                    is_missing = true;
                    continue;
                }
                Entry::Other => continue,
            };
            links += 1;
            if links > MOST_LINKS {
                return Err(rustix::io::Errno::LOOP).at("follow", &self.at(path));
            }
            real.pop();
            if target.is_absolute() {
                if !self.is_whole() {
                    // Whatever serves the site follows it from the real `/`.
                    return Err(Error::LeadsOut { path: self.at(path), to: target });
                }
                real = PathBuf::new();
            }
            ahead.extend(segments(&target).rev());
        }
        let text = real.to_str().and_then(|text| SitePath::new(text).ok());
        let text = text.ok_or_else(|| io::Error::from(io::ErrorKind::InvalidFilename));
        Ok((text.at("follow", &self.at(path))?, !is_missing))
    }

    /// The folder of `path` if it was seen to be no link, nor any above it, and the segments that are left to follow.
    fn known<'p>(&self, path: &'p SitePath) -> (PathBuf, &'p str) {
        let split = path.as_str().rsplit_once('/');
        let plain = self.plain.lock().unwrap_or_else(PoisonError::into_inner);
        match split.filter(|(folder, _)| plain.contains(Path::new(folder))) {
            Some((folder, name)) => (PathBuf::from(folder), name),
            None => (PathBuf::new(), path.as_str()),
        }
    }

    /// What the name `real` stands for. That a folder is no link is asked once.
    fn entry_at(&self, real: &Path, is_folder: bool) -> Result<Entry, Error> {
        // What a panic left in it is as good as ever.
        let mut plain = self.plain.lock().unwrap_or_else(PoisonError::into_inner);
        if plain.contains(real) {
            return Ok(Entry::Other);
        }
        let path = self.folder.join(real);
        match fs::read_link(&path) {
            Ok(target) => Ok(Entry::Link(target)),
            Err(error) if error.kind() == io::ErrorKind::InvalidInput => {
                if is_folder {
                    plain.insert(real.to_owned());
                }
                Ok(Entry::Other)
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Entry::Missing),
            Err(error) => Err(error).at("follow", &path),
        }
    }

    /// Refuses when links lead from `path` out of `folders`.
    ///
    /// # Errors
    /// When they do, or cannot be followed.
    pub fn stays_within(&self, path: &SitePath, folders: &[&str]) -> Result<(), Error> {
        let real = self.real(path)?;
        if real == *path || folders.iter().any(|folder| Path::new(real.as_str()).starts_with(folder)) {
            return Ok(());
        }
        Err(Error::LeadsElsewhere { path: self.at(path), to: self.at(&real) })
    }

    /// Where `path` lies on this machine; its links are not followed.
    pub(super) fn at(&self, path: &SitePath) -> PathBuf {
        self.folder.join(path.as_str())
    }

    /// Where the name `path` itself lies on this machine: the links of the folders above it are followed, it is not.
    pub(super) fn entry(&self, path: &SitePath) -> Result<PathBuf, Error> {
        let Some((folder, name)) = path.as_str().rsplit_once('/') else { return Ok(self.at(path)) };
        let folder = SitePath::new(folder).map_err(io::Error::other).at("follow", &self.at(path))?;
        Ok(self.at(&self.real(&folder)?).join(name))
    }

    /// Refuses `folder` where it is this root itself.
    ///
    /// # Errors
    /// When it is.
    pub fn is_elsewhere(&self, folder: &Path) -> Result<(), Error> {
        let is_here = fs::canonicalize(folder).is_ok_and(|folder| folder == self.folder);
        if is_here { Err(Error::Live(folder.to_owned())) } else { Ok(()) }
    }

    /// Whether this is the machine's own `/`.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.folder == Path::new("/")
    }
}

fn segments(target: &Path) -> impl DoubleEndedIterator<Item = OsString> {
    target.components().filter_map(|component| match component {
        Component::Normal(_) | Component::ParentDir => Some(component.as_os_str().to_owned()),
        Component::CurDir | Component::RootDir | Component::Prefix(_) => None,
    })
}

/// The bytes of the regular file `path`, if it has no more than `most`; none if it is not there.
pub(super) fn read_file(path: &Path, most: u64) -> Result<Option<Vec<u8>>, Error> {
    let Some((file, length)) = open_file(path)? else { return Ok(None) };
    let mut bytes = Vec::with_capacity(usize::try_from(length.min(most)).unwrap_or(0));
    file.take(most + 1).read_to_end(&mut bytes).at("read", path)?;
    if bytes.len() as u64 > most {
        return Err(Error::TooLarge { path: path.to_owned(), most });
    }
    Ok(Some(bytes))
}

/// Whether the regular file `path` has exactly the bytes `expected`; with none, whether it is not there.
pub(super) fn has(path: &Path, expected: Option<&[u8]>) -> Result<bool, Error> {
    let (file, mut rest) = match (open_file(path)?, expected) {
        (Some((file, _)), Some(expected)) => (file, expected),
        (file, expected) => return Ok(file.is_none() && expected.is_none()),
    };
    let mut part = Vec::with_capacity(PART);
    loop {
        part.clear();
        (&file).take(PART as u64).read_to_end(&mut part).at("read", path)?;
        match rest.strip_prefix(part.as_slice()) {
            Some(_) if part.is_empty() => return Ok(rest.is_empty()),
            Some(left) => rest = left,
            None => return Ok(false),
        }
    }
}

/// The regular file `path`, opened to be read, and its length; none if it is not there.
fn open_file(path: &Path) -> Result<Option<(File, u64)>, Error> {
    let metadata = match fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        metadata => metadata.at("read", path)?,
    };
    // Opening a pipe would wait, and opening a device can do anything.
    if !metadata.is_file() {
        return Err(Error::NotAFile(path.to_owned()));
    }
    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
    match rustix::fs::open(path, flags, Mode::empty()) {
        // Another run removed it since.
        Err(rustix::io::Errno::NOENT) => Ok(None),
        file => Ok(Some((File::from(file.at("read", path)?), metadata.len()))),
    }
}
