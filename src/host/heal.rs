//! After a run that was killed: everything as it was before, or as it was to be.

use std::fs;

use super::error::{At, Error};
use super::files::{NEW, OLD, beside, remove, sync_folder_of};
use super::journal::{self, Journal};
use super::locks::OwnLock;
use super::root::Root;
use super::survey::{STATE, receipt, site_path};

/// What was healed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Healed {
    /// There was nothing to heal.
    Nothing,
    /// A commit that had not happened was undone.
    Undone,
    /// A commit that had happened was cleared up after.
    ClearedUp,
}

/// Whether a run was interrupted, and the next one that writes will heal it.
///
/// # Errors
/// When a link leads out of the root.
pub fn interrupted(root: &Root) -> Result<bool, Error> {
    Ok(journal::path(root)?.exists())
}

/// Undoes a commit that was interrupted, or clears up after one that had happened.
///
/// # Errors
/// When the journal cannot be read, or a call fails; the journal then stays for the next run.
pub fn heal(root: &Root, _lock: &OwnLock) -> Result<Healed, Error> {
    let Some(journal) = journal::read(root)? else {
        sweep(root)?;
        return Ok(Healed::Nothing);
    };
    let has_happened = receipt(root)?.is_some_and(|receipt| receipt.generation == journal.generation);
    if !has_happened {
        undo(root, &journal)?;
        return Ok(Healed::Undone);
    }
    for entry in &journal.steps {
        remove(&beside(&root.place(&entry.path)?, OLD))?;
    }
    remove(&journal::path(root)?)?;
    Ok(Healed::ClearedUp)
}

/// Puts back every file that `journal` names, and then forgets it.
pub(super) fn undo(root: &Root, journal: &Journal) -> Result<(), Error> {
    for entry in journal.steps.iter().rev() {
        let real = root.place(&entry.path)?;
        let (new, old) = (beside(&real, NEW), beside(&real, OLD));
        if old.exists() {
            fs::rename(&old, &real).at("put back", &real)?;
            // Renaming one name of a file to another of its names does nothing.
            remove(&old)?;
        } else if entry.old.is_none() {
            remove(&real)?;
        }
        remove(&new)?;
        if real.parent().is_some_and(std::path::Path::is_dir) {
            sync_folder_of(&real)?;
        }
    }
    for folder in journal.folders.iter().rev() {
        // A folder that somebody put something into stays.
        let _ = fs::remove_dir(root.place(folder)?);
    }
    remove(&journal::path(root)?)
}

/// Removes what a run left that was killed before it wrote its journal.
fn sweep(root: &Root) -> Result<(), Error> {
    use crate::site::{HOSTS, PICTURES, WEB};
    let folders = [
        WEB.to_owned(),
        HOSTS.to_owned(),
        format!("{WEB}/{PICTURES}"),
        STATE.to_owned(),
        format!("{STATE}/shipped"),
    ];
    for folder in folders {
        let folder = site_path(&folder)?;
        for name in root.list(&folder)? {
            if name.starts_with('.') && (name.ends_with(NEW) || name.ends_with(OLD)) {
                remove(&root.place(&site_path(&format!("{folder}/{name}"))?)?)?;
            }
        }
    }
    Ok(())
}
