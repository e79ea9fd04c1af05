//! After a run that failed or was killed: everything as it was before, or as it was to be.
//!
//! Only renames and removes, so it needs no space. Never touches a file that somebody else changed since.

use std::fs;
use std::io;
use std::path::Path;

use super::durable::{Unsynced, sync_folder};
use super::error::{At, Error};
use super::files::{NEW, OLD, beside, folder_of, in_its_place, is_folder, remove, remove_all, remove_empty};
use super::journal::{self, Entry, Journal};
use super::locks::OwnLock;
use super::root::Root;
use super::state::{FOLDER, JOURNAL, former_path, receipt, second_name, site_path};
use super::turn;
use crate::path::SitePath;

/// What was healed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Healed {
    /// There was nothing to heal.
    Nothing,
    /// A commit that had not happened was undone.
    RolledBack {
        /// The files that were put back.
        files: Vec<SitePath>,
        /// The files that somebody else changed since, and that were left so.
        left: Vec<SitePath>,
    },
    /// A commit that had happened was cleaned up after.
    CleanedUp,
}

/// Whether a run was interrupted, or is at work now; the next one that writes will heal it.
///
/// # Errors
/// When a link leads out of the root.
pub fn interrupted(root: &Root) -> Result<bool, Error> {
    root.is_there(&site_path(JOURNAL)?)
}

/// Undoes a commit that was interrupted, or cleans up after one that had happened.
///
/// # Errors
/// When the journal cannot be read, and nothing is touched then; or a call fails, and the journal stays for the next run.
pub fn heal(root: &Root, _lock: &OwnLock) -> Result<Healed, Error> {
    let healed = match journal::read(root)? {
        None => {
            remove(&journal::path(root)?)?;
            Healed::Nothing
        }
        Some(journal) if has_happened(root, &journal)? => {
            sync(root, &journal)?;
            clean_up(root, &journal)?;
            Healed::CleanedUp
        }
        Some(journal) => undo(root, &journal)?,
    };
    sweep(root)?;
    Ok(healed)
}

/// Puts back every file that `journal` names, the receipt first, and then forgets it.
pub(super) fn undo(root: &Root, journal: &Journal) -> Result<Healed, Error> {
    let (mut files, mut left) = (Vec::new(), Vec::new());
    let mut back = |steps: &[&Entry]| {
        for step in steps.iter().rev() {
            match put_back(root, step)? {
                Back::Untouched => {}
                Back::Put => files.push(step.path.clone()),
                Back::Left => left.push(step.path.clone()),
            }
        }
        Ok::<(), Error>(())
    };
    let (changed, receipt) = journal.steps.split_at(journal.steps.len().saturating_sub(1));
    let (late, early): (Vec<&Entry>, Vec<_>) = changed.iter().partition(|step| step.is_late);
    back(&receipt.iter().collect::<Vec<_>>())?;
    back(&late)?;
    journal.turn.iter().try_for_each(|turn| turn::undo(root, turn))?;
    back(&early)?;
    for folder in journal.folders.iter().rev() {
        remove_empty(&root.at(folder))?;
    }
    // What an earlier run put back, too, that was killed at that.
    sync(root, journal)?;
    remove(&journal::path(root)?)?;
    Ok(Healed::RolledBack { files, left })
}

/// Removes what only undoing `journal` would need, and it.
pub(super) fn clean_up(root: &Root, journal: &Journal) -> Result<(), Error> {
    for step in &journal.steps {
        let path = root.at(&root.real(&step.path)?);
        forget_old(root, step, &path)?;
        if step.new.is_none() {
            // The folder that was made for it goes too.
            remove_empty(folder_of(&path))?;
        }
    }
    journal.turn.iter().try_for_each(|turn| turn::finish(root, turn))?;
    remove(&journal::path(root)?)
}

/// Whether all of `journal` was done. A power cut can leave the receipt, and a file that was replaced before it as it
/// was: they become durable together.
fn has_happened(root: &Root, journal: &Journal) -> Result<bool, Error> {
    if receipt(root)?.is_none_or(|receipt| receipt.generation != journal.generation) {
        return Ok(false);
    }
    for step in &journal.steps {
        if is_to_be_done(root, step)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Whether the file of `step` waits to be replaced or removed.
fn is_to_be_done(root: &Root, step: &Entry) -> Result<bool, Error> {
    let path = root.at(&root.real(&step.path)?);
    let is_ready = || step.new.is_none() || fs::symlink_metadata(beside(&path, NEW)).is_ok();
    Ok(is_ready() && now(root, step)? == Now::Old)
}

/// Makes durable what was done for `journal`, or undone.
fn sync(root: &Root, journal: &Journal) -> Result<(), Error> {
    let mut unsynced = Unsynced::default();
    for step in &journal.steps {
        let path = root.at(&root.real(&step.path)?);
        // What was made for a file may be gone with it.
        if is_folder(folder_of(&path)) {
            unsynced.add_folder(folder_of(&path));
        }
    }
    unsynced.sync()
}

/// What is there of a file that changes.
#[derive(PartialEq, Eq)]
enum Now {
    Old,
    New,
    /// What a package or a person wrote after us, and theirs is the newer word.
    Theirs,
}

fn now(root: &Root, step: &Entry) -> Result<Now, Error> {
    let now = match root.read(&step.path) {
        Err(Error::NotAFile(_) | Error::TooLarge { .. }) => return Ok(Now::Theirs),
        now => now?.map(|now| now.digest().clone()),
    };
    Ok(match now {
        now if now == step.old => Now::Old,
        now if now == step.new => Now::New,
        _ => Now::Theirs,
    })
}

enum Back {
    Untouched,
    Put,
    Left,
}

fn put_back(root: &Root, step: &Entry) -> Result<Back, Error> {
    let path = root.at(&root.real(&step.path)?);
    let back = match now(root, step)? {
        Now::Old => Back::Untouched,
        Now::New => swap_back(root, step, &path)?,
        Now::Theirs => Back::Left,
    };
    remove(&beside(&path, NEW))?;
    forget_old(root, step, &path)?;
    Ok(back)
}

/// Removes the second name of what stood at `path`, which is the file of `step`.
fn forget_old(root: &Root, step: &Entry, path: &Path) -> Result<(), Error> {
    remove(&beside(path, OLD))?;
    remove(&second_name(root, &step.path)?)
}

/// Puts the old file of `step` in the place of `path`, or nothing if there was nothing.
fn swap_back(root: &Root, step: &Entry, path: &Path) -> Result<Back, Error> {
    let swapped = match &step.old {
        None => fs::remove_file(path),
        Some(old) => match fs::rename(beside(path, OLD), path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                // It keeps its name there until this one is durable.
                let Some(former) = former_path(root, &step.path, old)? else { return Ok(Back::Left) };
                let new = beside(path, NEW);
                in_its_place(&new, || fs::hard_link(&former, &new)).and_then(|()| fs::rename(&new, path))
            }
            renamed => renamed,
        },
    };
    match swapped {
        // Somebody tidied it away; what is there now is whole at least.
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Back::Left),
        swapped => swapped.at("put back", path)?,
    }
    // Before the next one: the receipt must not outlive the files that it speaks of.
    sync_folder(folder_of(path))?;
    Ok(Back::Put)
}

/// Removes what a run left in our own folder that was killed before it had a journal.
fn sweep(root: &Root) -> Result<(), Error> {
    let folder = site_path(FOLDER)?;
    for name in root.list(&folder)? {
        if name.starts_with('.') && (name.ends_with(NEW) || name.ends_with(OLD)) {
            remove_all(&root.at(&root.real(&folder)?).join(name))?;
        }
    }
    Ok(())
}
