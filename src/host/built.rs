//! The folder that `build` fills: files and, beside them, a record of which they are.
//!
//! A later build takes away what an earlier one made and the brand wishes no more. Never replaces or removes a file that
//! no build made, or that somebody changed since. The record is a list as `sha256sum --check` reads it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::error::Error;
use super::files::{remove, remove_empty};
use super::project::write_project_file;
use super::root::read_file;
use crate::content::Content;
use crate::digest::Digest;
use crate::path::ProjectPath;

/// The record, in the folder itself.
const RECORD: &str = ".rebrand-built";
/// The most that is read of a file there, in bytes.
const MOST: u64 = 64 << 20;

/// What became of the files of an earlier build that are wished no more.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cleared {
    /// Those that were removed.
    pub removed: Vec<ProjectPath>,
    /// Those that somebody changed since, which stay.
    pub changed: Vec<ProjectPath>,
}

/// Fills `folder` with `files` and clears away what an earlier build left there.
///
/// # Errors
/// When a file cannot be written, or another one that no build made is in its place; then nothing was written.
pub fn write_built(folder: &Path, files: &BTreeMap<ProjectPath, Content>) -> Result<Cleared, Error> {
    let earlier = recorded(folder)?;
    for (path, bytes) in files {
        let there = read(folder, path)?.map(|there| Digest::of(&there));
        let is_ours =
            there.as_ref().is_none_or(|there| Some(there) == earlier.get(path) || there == bytes.digest());
        if !is_ours {
            return Err(Error::Exists(folder.join(path.as_str())));
        }
    }
    for (path, bytes) in files {
        write_project_file(folder, path, bytes, true)?;
    }
    let mut cleared = Cleared::default();
    for (path, digest) in earlier.iter().filter(|(path, _)| !files.contains_key(*path)) {
        match read(folder, path)? {
            None => {}
            Some(there) if Digest::of(&there) == *digest => {
                remove_with_folders(folder, path)?;
                cleared.removed.push(path.clone());
            }
            Some(_) => cleared.changed.push(path.clone()),
        }
    }
    record(folder, files)?;
    Ok(cleared)
}

/// The files that the last build made in `folder`, with the bytes it gave them. A line that is none of ours is no file.
fn recorded(folder: &Path) -> Result<BTreeMap<ProjectPath, Digest>, Error> {
    let record = read_file(&folder.join(RECORD), MOST)?.unwrap_or_default();
    let line = |line: &str| {
        let (digest, path) = line.split_once("  ")?;
        Some((ProjectPath::new(path).ok()?, Digest::read(digest.to_owned())?))
    };
    Ok(String::from_utf8_lossy(&record).lines().filter_map(line).collect())
}

fn record(folder: &Path, files: &BTreeMap<ProjectPath, Content>) -> Result<(), Error> {
    let lines: Vec<String> =
        files.iter().map(|(path, bytes)| format!("{}  {path}\n", bytes.digest())).collect();
    let path = ProjectPath::new(RECORD)
        .map_err(|error| Error::Record { path: RECORD.into(), reason: error.to_string() })?;
    write_project_file(folder, &path, lines.concat().as_bytes(), true)
}

/// The bytes at `path` in `folder`; none if nothing is there.
fn read(folder: &Path, path: &ProjectPath) -> Result<Option<Vec<u8>>, Error> {
    let full = folder.join(path.as_str());
    let Ok(real) = fs::canonicalize(&full) else { return Ok(None) };
    match fs::canonicalize(folder) {
        Ok(inside) if !real.starts_with(&inside) => Err(Error::LeadsOut { path: full, to: real }),
        _ => read_file(&real, MOST),
    }
}

/// Removes the file, and the folders above it that it leaves empty, but never `folder` itself.
fn remove_with_folders(folder: &Path, path: &ProjectPath) -> Result<(), Error> {
    let full = folder.join(path.as_str());
    remove(&full)?;
    let above: Vec<PathBuf> =
        full.ancestors().skip(1).take_while(|above| *above != folder).map(Path::to_owned).collect();
    above.iter().try_for_each(|above| remove_empty(above))
}
