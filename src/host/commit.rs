//! The commit: all files of a plan, or none.
//!
//! A journal says what is about to happen. New files are written beside their targets and the old ones get a second
//! name, beside the journal where that is the same file system; once all that is durable, and the targets are still what
//! the plan was made from, each is replaced by one rename. The receipt, replaced last, is the commit point: until then
//! every step can be undone by a link and a rename, which need no space. `heal` does that after a crash. What goes from
//! one file to another, as a key that moves, is first in both, so that visitors never miss it.
//!
//! Everything is written, and on its way to the disk, before anything is synced, the journal too, so that one wait is
//! for all; only where paths of a package become ours must the journal be durable earlier. What is kept of an old file
//! is that file itself where nobody else can write to it: then that is its second name. One fsync for each new or kept
//! file, and one for each folder with a name that undoing needs, before the first rename; one for each folder after the
//! last. A power cut among those may leave the receipt and an old file, which healing sees and undoes.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::PathBuf;
use std::thread;
use std::time::Duration;

use super::durable::Unsynced;
use super::error::{At, Error};
use super::files::{
    NEW, OLD, beside, folder_of, in_its_place, is_immutable, is_mounted, make_folder, remove, set_aside,
    write_new,
};
use super::heal::{clean_up, interrupted, undo};
use super::journal::{self, Entry, Journal, Undo};
use super::locks::OwnLock;
use super::root::Root;
use super::state::{self, Kept, RECEIPT, site_path};
use super::turn::{self, Branded, Turn};
use crate::content::Content;
use crate::path::SitePath;
use crate::plan::receipt::Receipt;

/// All that one commit does.
pub struct Transaction {
    /// The files that change.
    pub steps: Vec<Step>,
    /// Bytes to keep under `var/lib/rebrand` by their digest, with the files that they are of.
    pub keep: Vec<(SitePath, Content)>,
    /// What somebody wrote in the place of files of ours, which is kept aside.
    pub rescue: Vec<(SitePath, Content)>,
    /// What is branded of the files that a package brings; none where no package brought the site.
    pub branded: Option<Branded>,
    /// The record of it. Its generation is higher than that of the last one.
    pub receipt: Receipt,
}

/// One file that changes.
pub struct Step {
    /// The file.
    pub path: SitePath,
    /// What becomes of it.
    pub change: Change,
    /// Its bytes when the plan was made; none if it was not there.
    pub expected: Option<Content>,
    /// Whether it gives up something that another file takes over, and so changes after it.
    pub is_late: bool,
}

/// What becomes of a file.
pub enum Change {
    /// It has these bytes.
    Write(Content),
    /// It is gone.
    Remove,
}

/// The time in which a web server puts a page together from files. What goes from one to another is in both so long:
/// a page that had read one of them before the change reads the other before it loses anything.
pub(super) const WHOLE_PAGE: Duration = Duration::from_millis(50);

/// A file that changes, as it really lies behind links. The receipt is one too.
struct Work<'t> {
    path: PathBuf,
    expected: Option<Content>,
    bytes: Option<&'t Content>,
    entry: Entry,
}

impl<'t> Work<'t> {
    fn new(root: &Root, real: SitePath, expected: Option<Content>, bytes: Option<&'t Content>) -> Self {
        let digest = |bytes: &Content| bytes.digest().clone();
        let (old, new) = (expected.as_ref().map(digest), bytes.map(digest));
        let entry = Entry { path: real, old, new, is_late: false };
        Work { path: root.at(&entry.path), expected, bytes, entry }
    }
}

/// Carries `transaction` out below `root`, whole or not at all.
///
/// # Errors
/// When a file, or the receipt, changed since the plan was made, or a call fails: everything is then as it was before,
/// unless the error is that something is left behind.
pub fn commit(root: &Root, lock: &OwnLock, transaction: &Transaction) -> Result<(), Error> {
    if interrupted(root)? {
        return Err(Error::ChangedMeanwhile(journal::path(root)?));
    }
    let Transaction { steps, receipt, branded, .. } = transaction;
    let generation = receipt.generation;
    let mut works = steps.iter().map(|step| work(root, step)).collect::<Result<Vec<_>, _>>()?;
    let entries = works.iter().map(|work| work.entry.clone()).collect();
    let turn = branded.as_ref().map(|branded| turn::plan(root, branded, generation)).transpose()?;
    let (real, recorded) = last_record(root, generation)?;
    let way_back = Undo::new(root, entries, recorded.as_ref().map(|bytes| bytes.digest().clone()), turn)?;
    let record = way_back.written(root, receipt)?;
    works.push(Work::new(root, real, recorded, Some(&record)));
    let journal = Journal::new(root, generation, way_back, &record)?;
    refuse_twice(&works)?;
    let taken = journal.turn.iter().flat_map(Turn::taken).map(|path| root.at(path));
    refuse_mounted(works.iter().map(|work| work.path.clone()).chain(taken))?;
    let moved = journal.turn.iter().map(Turn::renamed).collect::<Result<Vec<_>, _>>()?;
    refuse_immutable(root, works.iter().map(|work| &work.entry.path).chain(moved.iter().flatten()))?;
    if let Err(error) = carry_out(root, lock, &journal, &works, transaction) {
        // The first error is the one to tell; what cannot be undone now, the next run undoes.
        let _ = undo(root, &journal);
        return Err(error);
    }
    // It has happened; what cannot be cleaned up now, the next run cleans up.
    match (clean_up(root, &journal), &journal.turn) {
        // But not without a word where paths were to be the package's again: they may be ours still.
        (Err(error), Some(turn)) if turn.gives_back() => Err(Error::LeftBehind(Box::new(error))),
        _ => Ok(()),
    }
}

fn work<'t>(root: &Root, step: &'t Step) -> Result<Work<'t>, Error> {
    let bytes = match &step.change {
        Change::Write(bytes) => Some(bytes),
        Change::Remove => None,
    };
    let real = root.real(&step.path)?;
    let mut work = Work::new(root, real, step.expected.clone(), bytes);
    work.entry.is_late = step.is_late;
    Ok(work)
}

/// Where the receipt really lies, and the one of the last run, which was before `generation`.
fn last_record(root: &Root, generation: u64) -> Result<(SitePath, Option<Content>), Error> {
    let real = root.real(&site_path(RECEIPT)?)?;
    let recorded = root.read(&real)?;
    if let Some(recorded) = &recorded
        && state::decode_receipt(root, recorded)?.generation >= generation
    {
        // Another run committed since; and healing tells the two apart by their generation.
        return Err(Error::ChangedMeanwhile(root.at(&real)));
    }
    Ok((real, recorded))
}

/// Refuses two changes of what links make the same file.
fn refuse_twice(works: &[Work<'_>]) -> Result<(), Error> {
    let mut seen = BTreeSet::new();
    match works.iter().find(|work| !seen.insert(&work.path)) {
        Some(work) => Err(Error::Twice(work.path.clone())),
        None => Ok(()),
    }
}

/// Refuses to put another file in the place of one that something is mounted over: the kernel would, half-way.
fn refuse_mounted(mut paths: impl Iterator<Item = PathBuf>) -> Result<(), Error> {
    match paths.find(|path| is_mounted(path)) {
        Some(path) => Err(Error::Mounted(path)),
        None => Ok(()),
    }
}

/// Refuses to change what is marked so that nobody may: the kernel would, half-way, and again when it is undone.
fn refuse_immutable<'p>(root: &Root, paths: impl Iterator<Item = &'p SitePath>) -> Result<(), Error> {
    for path in paths {
        let path = root.entry(path)?;
        // A file that is to come lies in the first folder above it that is there.
        let folder = path.ancestors().skip(1).find(|folder| folder.exists());
        if let Some(fixed) =
            [Some(path.as_path()), folder].into_iter().flatten().find(|path| is_immutable(path))
        {
            return Err(io::Error::from(io::ErrorKind::PermissionDenied)).at("change", fixed);
        }
    }
    Ok(())
}

fn carry_out(
    root: &Root,
    lock: &OwnLock,
    journal: &Journal,
    works: &[Work<'_>],
    transaction: &Transaction,
) -> Result<(), Error> {
    let Some((receipt @ Work { bytes: Some(record), .. }, files)) = works.split_last() else { return Ok(()) };
    let mut unsynced = Unsynced::default();
    // First of all, so that whatever a kill leaves behind is known.
    journal::write(root, record, &receipt.path, &mut unsynced)?;
    lock.touched().for_each(|folder| unsynced.add_folder(&folder));
    transaction.rescue.iter().try_for_each(|(path, bytes)| state::rescue(root, path, bytes))?;
    let turn = journal.turn.as_ref().zip(transaction.branded.as_ref());
    if let Some((turn, branded)) = turn {
        turn::check(root, branded)?;
        if turn.taken().next().is_some() {
            // What makes paths ours must be known after a power cut too.
            unsynced.sync()?;
        }
        turn::prepare(root, turn, branded, record)?;
    }
    let kept = keep(root, works, transaction)?;
    prepare(journal, root, files, &kept, &mut unsynced)?;
    keep_old(root, receipt, &mut unsynced)?;
    for (_, kept) in kept {
        unsynced.add_folder(folder_of(&kept.path));
        unsynced.add_file(kept.path, kept.file);
    }
    unsynced.sync()?;
    check(root, works)?;
    turn.iter().try_for_each(|(_, branded)| turn::check(root, branded))?;
    // Not before it is durable: `journal::read` relies on that.
    set_aside(&journal::path(root)?, &beside(&receipt.path, NEW))?;
    let (late, early): (Vec<&Work<'_>>, Vec<_>) = files.iter().partition(|work| work.entry.is_late);
    replace(&early, &mut unsynced)?;
    if let Some((turn, branded)) = turn {
        unsynced.sync()?;
        if branded.is_late {
            thread::sleep(WHOLE_PAGE);
        }
        turn::take(root, turn)?;
    }
    if !late.is_empty() {
        unsynced.sync()?;
        thread::sleep(WHOLE_PAGE);
        replace(&late, &mut unsynced)?;
    }
    replace(&[receipt], &mut unsynced)?;
    unsynced.sync()
}

/// Keeps what the transaction wants kept, each with the file that it is of.
fn keep(root: &Root, works: &[Work<'_>], transaction: &Transaction) -> Result<Vec<(SitePath, Kept)>, Error> {
    let mut all = Vec::new();
    for (path, bytes) in &transaction.keep {
        let real = root.real(path)?;
        let is_now = |work: &Work<'_>| work.entry.path == real && work.expected.as_ref() == Some(bytes);
        let kept = state::keep(root, path, bytes, works.iter().any(is_now))?;
        all.extend(kept.map(|kept| (real, kept)));
    }
    Ok(all)
}

/// Puts everything in readiness beside the targets. A target that is kept itself needs no other second name.
fn prepare(
    journal: &Journal,
    root: &Root,
    files: &[Work<'_>],
    kept: &[(SitePath, Kept)],
    unsynced: &mut Unsynced,
) -> Result<(), Error> {
    for folder in &journal.folders {
        let folder = root.at(folder);
        make_folder(&folder)?;
        unsynced.add_folder(folder_of(&folder));
    }
    let is_kept = |work: &Work<'_>| kept.iter().any(|(of, kept)| kept.is_itself && *of == work.entry.path);
    for work in files {
        if !is_kept(work) {
            keep_old(root, work, unsynced)?;
        }
        if let Some(bytes) = work.bytes {
            let new = beside(&work.path, NEW);
            let file = write_new(&new, bytes, Some(&work.path))?;
            unsynced.add_file(new, file);
        }
    }
    Ok(())
}

/// Gives what stands in the place of `work` a second name, until that is settled.
fn keep_old(root: &Root, work: &Work<'_>, unsynced: &mut Unsynced) -> Result<(), Error> {
    if work.expected.is_none() {
        return Ok(());
    }
    if fs::symlink_metadata(&work.path).is_err() {
        return Err(Error::ChangedMeanwhile(work.path.clone()));
    }
    let second = state::second_name(root, &work.entry.path)?;
    if in_its_place(&second, || fs::hard_link(&work.path, &second)).is_ok() {
        // Beside the journal, with which it becomes durable.
        return Ok(());
    }
    // Another file system, say.
    set_aside(&work.path, &beside(&work.path, OLD))?;
    unsynced.add_folder(folder_of(&work.path));
    Ok(())
}

/// Looks whether the targets are still what the plan was made from.
fn check(root: &Root, works: &[Work<'_>]) -> Result<(), Error> {
    for Work { path, expected, entry, .. } in works {
        if !root.has(&entry.path, expected.as_deref())? {
            return Err(Error::ChangedMeanwhile(path.clone()));
        }
    }
    Ok(())
}

/// Replaces every file.
fn replace(works: &[&Work<'_>], unsynced: &mut Unsynced) -> Result<(), Error> {
    for work in works {
        replace_one(work)?;
        unsynced.add_folder(folder_of(&work.path));
    }
    Ok(())
}

fn replace_one(work: &Work<'_>) -> Result<(), Error> {
    if work.bytes.is_some() {
        fs::rename(beside(&work.path, NEW), &work.path).at("write", &work.path)
    } else {
        remove(&work.path)
    }
}
