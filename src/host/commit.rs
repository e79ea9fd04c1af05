//! The commit: all files of a plan, or none.
//!
//! New files are written beside their targets and made durable; a journal says what is about to happen; the targets
//! are hard-linked aside and replaced by rename; the receipt, written last, is the commit point. Until it is in place,
//! every step can be undone by a rename, which needs no space. `heal` does that after a crash.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::error::{At, Error};
use super::files::{NEW, OLD, beside, make_folders, remove, sync_folder_of, write_beside, write_own};
use super::heal::undo;
use super::journal::{self, Entry, Journal};
use super::locks::OwnLock;
use super::root::{Root, read_file};
use super::survey::{STATE, site_path};
use crate::digest::Digest;
use crate::path::SitePath;
use crate::plan::receipt::Receipt;

/// All that one commit does.
pub struct Transaction {
    /// The files that change.
    pub steps: Vec<Step>,
    /// Bytes to keep under `var/lib/rebrand/shipped`, by their digest.
    pub keep: Vec<Vec<u8>>,
    /// The record of it.
    pub receipt: Receipt,
}

/// One file that changes.
pub struct Step {
    /// The file.
    pub path: SitePath,
    /// What becomes of it.
    pub change: Change,
    /// Its bytes when the plan was made; none if it was not there.
    pub expected: Option<Digest>,
}

/// What becomes of a file.
pub enum Change {
    /// It has these bytes.
    Write(Vec<u8>),
    /// It is gone.
    Remove,
}

/// A step, with where its file really lies.
struct Located<'t> {
    step: &'t Step,
    real: PathBuf,
}

/// Carries `transaction` out below `root`, whole or not at all.
///
/// # Errors
/// When a file changed since the plan was made, or a call fails; everything is then as it was before.
pub fn commit(root: &Root, _lock: &OwnLock, transaction: &Transaction) -> Result<(), Error> {
    let locate = |step| Ok(Located { real: root.place(&Step::path(step).clone())?, step });
    let steps: Vec<Located<'_>> = transaction.steps.iter().map(locate).collect::<Result<_, Error>>()?;
    let mut folders = Vec::new();
    let prepared = prepare(root, transaction, &steps, &mut folders);
    let done = prepared.and_then(|journal| {
        journal::write(root, &journal)?;
        replace(&steps)?;
        record(root, &transaction.receipt)
    });
    if let Err(error) = done {
        // The first error is the one to tell; what cannot be undone now, the next run undoes.
        let _ = withdraw(root, &steps, &folders);
        return Err(error);
    }
    settle(root, &steps)
}

impl Step {
    fn path(step: &Step) -> &SitePath {
        &step.path
    }
}

/// Writes everything that is needed beside the targets, and checks that they are still what the plan was made from.
fn prepare(
    root: &Root,
    transaction: &Transaction,
    steps: &[Located<'_>],
    folders: &mut Vec<PathBuf>,
) -> Result<Journal, Error> {
    for bytes in &transaction.keep {
        keep(root, bytes)?;
    }
    let mut entries = Vec::new();
    for Located { step, real } in steps {
        let mut new = None;
        if let Change::Write(bytes) = &step.change {
            folders.extend(make_folders(real)?);
            write_beside(real, bytes)?;
            new = Some(Digest::of(bytes));
        }
        entries.push(Entry { path: relative(root, real)?, old: step.expected.clone(), new });
    }
    for Located { step, real } in steps {
        if current(real)? != step.expected {
            return Err(Error::ChangedMeanwhile(real.clone()));
        }
    }
    let folders = folders.iter().map(|folder| relative(root, folder)).collect::<Result<_, Error>>()?;
    Ok(Journal { generation: transaction.receipt.generation, steps: entries, folders })
}

/// Puts every new file in its place, and the old one aside.
fn replace(steps: &[Located<'_>]) -> Result<(), Error> {
    for Located { step, real } in steps {
        let old = beside(real, OLD);
        if step.expected.is_some() {
            set_aside(real, &old)?;
        }
        match &step.change {
            Change::Write(_) => fs::rename(beside(real, NEW), real).at("write", real)?,
            Change::Remove => remove(real)?,
        }
    }
    sync_folders(steps)
}

/// Gives the file `real` a second name, or a copy where the file system knows no second names.
fn set_aside(real: &Path, old: &Path) -> Result<(), Error> {
    remove(old)?;
    match fs::hard_link(real, old) {
        Err(error)
            if matches!(error.kind(), io::ErrorKind::PermissionDenied | io::ErrorKind::Unsupported) =>
        {
            let bytes = read_file(real, u64::MAX - 1)?;
            let copy = write_beside(real, &bytes)?;
            fs::rename(copy, old).at("keep", real)
        }
        done => done.at("keep", real),
    }
}

/// Writes the receipt: from then on, the commit has happened.
fn record(root: &Root, receipt: &Receipt) -> Result<(), Error> {
    let path = root.place(&site_path(&format!("{STATE}/receipt.json"))?)?;
    write_own(&path, &journal::json(&path, receipt)?)
}

/// Clears away what only undoing would need.
fn settle(root: &Root, steps: &[Located<'_>]) -> Result<(), Error> {
    for Located { real, .. } in steps {
        remove(&beside(real, OLD))?;
    }
    remove(&journal::path(root)?)
}

/// Undoes a commit that failed.
fn withdraw(root: &Root, steps: &[Located<'_>], folders: &[PathBuf]) -> Result<(), Error> {
    if let Some(journal) = journal::read(root)? {
        return undo(root, &journal);
    }
    for Located { real, .. } in steps {
        remove(&beside(real, NEW))?;
    }
    for folder in folders.iter().rev() {
        // A folder that somebody put something into stays.
        let _ = fs::remove_dir(folder);
    }
    Ok(())
}

/// Keeps `bytes` under their digest.
fn keep(root: &Root, bytes: &[u8]) -> Result<(), Error> {
    let digest = Digest::of(bytes);
    let path = root.place(&site_path(&format!("{STATE}/shipped/{digest}"))?)?;
    if current(&path)?.as_ref() == Some(&digest) {
        return Ok(());
    }
    make_folders(&path)?;
    write_own(&path, bytes)
}

fn current(real: &Path) -> Result<Option<Digest>, Error> {
    if fs::symlink_metadata(real).is_err() {
        return Ok(None);
    }
    read_file(real, u64::MAX - 1).map(|bytes| Some(Digest::of(&bytes)))
}

fn relative(root: &Root, real: &Path) -> Result<SitePath, Error> {
    let inside = real.strip_prefix(root.folder()).unwrap_or(real);
    site_path(&inside.to_string_lossy())
}

fn sync_folders(steps: &[Located<'_>]) -> Result<(), Error> {
    let mut synced: Vec<&Path> = Vec::new();
    for Located { real, .. } in steps {
        let folder = real.parent().unwrap_or(Path::new("/"));
        if !synced.contains(&folder) {
            sync_folder_of(real)?;
            synced.push(folder);
        }
    }
    Ok(())
}
