//! Generations: complete sets of the branded files of a packaged site, one of which is in force.
//!
//! A generation is made under another name, synced, read back and compared before it gets its own. The link `current`
//! decides which is in force: one rename puts all files in force at once, and another takes them back.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use rustix::fs::{CWD, RenameFlags, renameat_with};

use super::durable::{Unsynced, sync_folder};
use super::error::{At, Error};
use super::files::{NEW, beside, folder_of, is_folder, make_folders, remove_all, write_new};
use super::layout::{CURRENT, TREE, way};
use super::root::{Root, has, read_file};
use super::state::{decode_receipt, site_path};
use crate::content::Content;
use crate::path::SitePath;
use crate::plan::receipt::Receipt;

/// Where generations lie.
pub(super) const GENERATIONS: &str = "var/lib/rebrand/generations";
/// The receipt of a generation, beside its tree.
const RECORD: &str = "receipt.json";
/// The most that is read of one file of a generation, in bytes.
const MOST: u64 = 64 << 20;
/// How many are kept.
const KEPT: usize = 3;

/// What a generation holds of one path.
pub(super) enum Leaf<'t> {
    /// These bytes.
    Bytes(&'t Content),
    /// A link to the package's file, which has this name, whatever it is by then.
    Shipped(SitePath),
    /// What the generation in force holds.
    AsNow,
}

/// Makes the generation `name` of `leaves`, durable and proven, with the record of it if it has one.
pub(super) fn build(
    root: &Root,
    name: &str,
    leaves: &[(&SitePath, Leaf<'_>)],
    record: Option<&Content>,
) -> Result<(), Error> {
    let folder = folder(root, name)?;
    let new = beside(&folder, NEW);
    for old in [&new, &folder] {
        remove_all(old)?;
    }
    let mut unsynced = Unsynced::default();
    make_room(&new.join(TREE).join("file"), &mut unsynced)?;
    for (path, leaf) in leaves {
        let at = new.join(TREE).join(path.as_str());
        make_room(&at, &mut unsynced)?;
        grow(root, &folder, path, &at, leaf, &mut unsynced)?;
    }
    if let Some(record) = record {
        let at = new.join(RECORD);
        let file = write_new(&at, record, None)?;
        unsynced.add_file(at, file);
    }
    unsynced.sync()?;
    prove(&new, leaves)?;
    fs::rename(&new, &folder).at("make", &folder)?;
    sync_folder(folder_of(&folder))
}

/// Makes the folders above `at` that are not there.
fn make_room(at: &Path, unsynced: &mut Unsynced) -> Result<(), Error> {
    let made = make_folders(at)?;
    made.iter().map(PathBuf::as_path).chain([at]).for_each(|name| unsynced.add_folder(folder_of(name)));
    Ok(())
}

/// Puts `leaf` at `at`, which is to be below `folder`.
fn grow(
    root: &Root,
    folder: &Path,
    path: &SitePath,
    at: &Path,
    leaf: &Leaf<'_>,
    unsynced: &mut Unsynced,
) -> Result<(), Error> {
    match leaf {
        Leaf::Bytes(bytes) => {
            let now = now(root, CURRENT, path)?;
            // What is the same already needs no space and is durable.
            if matches!(has(&now, Some(bytes)), Ok(true)) && fs::hard_link(&now, at).is_ok() {
                return Ok(());
            }
            unsynced.add_file(at.to_owned(), write_new(at, bytes, None)?);
            Ok(())
        }
        Leaf::Shipped(shipped) => {
            let inside = folder.strip_prefix(root.folder()).unwrap_or(folder).join(TREE).join(path.as_str());
            let inside = site_path(&inside.to_string_lossy())?;
            symlink(way(root, &inside, shipped.as_str())?, at).at("make", at)
        }
        Leaf::AsNow => fs::hard_link(now(root, CURRENT, path)?, at).at("make", at),
    }
}

/// Reads every file back.
fn prove(new: &Path, leaves: &[(&SitePath, Leaf<'_>)]) -> Result<(), Error> {
    for (path, leaf) in leaves {
        let Leaf::Bytes(bytes) = leaf else { continue };
        let at = new.join(TREE).join(path.as_str());
        if fs::read(&at).at("read", &at)? != ***bytes {
            return Err(Error::ChangedMeanwhile(at));
        }
    }
    Ok(())
}

/// Puts the generation `name` in force; with none, no generation is.
pub(super) fn turn_to(root: &Root, name: Option<&str>) -> Result<(), Error> {
    let current = root.entry(&site_path(CURRENT)?)?;
    let new = beside(&current, NEW);
    remove_all(&new)?;
    if let Some(name) = name {
        symlink(Path::new("generations").join(name), &new).at("make", &new)?;
        if is_folder(&current) {
            // The link and the copy trade names: there is no moment without a brand.
            renameat_with(CWD, &new, CWD, &current, RenameFlags::EXCHANGE).at("write", &current)?;
            remove_all(&new)?;
        } else {
            fs::rename(&new, &current).at("write", &current)?;
        }
    } else {
        remove_all(&current)?;
    }
    sync_folder(folder_of(&current))
}

/// The name of the generation in force. A backup that follows links leaves a copy of it, whose record tells.
pub(super) fn in_force(root: &Root) -> Result<Option<String>, Error> {
    let current = root.entry(&site_path(CURRENT)?)?;
    if is_folder(&current) {
        let record = root.read(&site_path(&format!("{CURRENT}/{RECORD}"))?)?;
        return record.map(|record| Ok(decode_receipt(root, &record)?.generation.to_string())).transpose();
    }
    let to = fs::read_link(&current).ok();
    Ok(to.and_then(|to| to.file_name()?.to_str().map(str::to_owned)))
}

/// Removes all but the newest generations and the one in force.
pub(super) fn prune(root: &Root) -> Result<(), Error> {
    let now = in_force(root)?;
    let kept: Vec<String> = generations(root)?.iter().rev().take(KEPT).map(u64::to_string).collect();
    let is_kept = |name: &&String| kept.contains(name) || now.as_ref() == Some(name);
    let names = root.list(&site_path(GENERATIONS)?)?;
    names.iter().filter(|name| !is_kept(name)).try_for_each(|name| discard(root, name))
}

/// Removes the generation `name`.
pub(super) fn discard(root: &Root, name: &str) -> Result<(), Error> {
    let folder = folder(root, name)?;
    remove_all(&beside(&folder, NEW))?;
    remove_all(&folder)
}

/// The record of a generation, and its files by their path.
pub type Generation = (Receipt, BTreeMap<SitePath, Content>);

/// The record of the generation `number` and the files that it holds; none if it is not kept.
///
/// # Errors
/// When it cannot be read.
pub fn generation(root: &Root, number: u64) -> Result<Option<Generation>, Error> {
    let name = format!("{GENERATIONS}/{number}");
    let Some(record) = root.read(&site_path(&format!("{name}/{RECORD}"))?)? else { return Ok(None) };
    let receipt = decode_receipt(root, &record)?;
    let mut files = BTreeMap::new();
    for (path, recorded) in &receipt.files {
        let at = now(root, &name, path)?;
        let Some(bytes) = read_file(&at, MOST).ok().flatten().map(Content::from) else { continue };
        // Files that did not change since are one file with those of later generations.
        if *bytes.digest() != recorded.written {
            return Err(Error::Spoiled(at));
        }
        files.insert(path.clone(), bytes);
    }
    Ok(Some((receipt, files)))
}

/// The numbers of the generations that are kept, the oldest first.
///
/// # Errors
/// When they cannot be listed.
pub fn generations(root: &Root) -> Result<Vec<u64>, Error> {
    let names = root.list(&site_path(GENERATIONS)?)?;
    let mut numbers: Vec<u64> = names.iter().filter_map(|name| name.parse().ok()).collect();
    numbers.sort_unstable();
    Ok(numbers)
}

/// Every path of which the generation in force holds bytes.
pub(super) fn held(root: &Root) -> Result<Vec<SitePath>, Error> {
    let tree = root.at(&root.real(&site_path(CURRENT)?)?).join(TREE);
    let (mut held, mut ahead) = (Vec::new(), vec![tree.clone()]);
    while let Some(folder) = ahead.pop() {
        let entries = match fs::read_dir(&folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            entries => entries.at("list", &folder)?,
        };
        for entry in entries {
            let entry = entry.at("list", &folder)?;
            let kind = entry.file_type().at("list", &folder)?;
            if kind.is_dir() {
                ahead.push(entry.path());
            } else if kind.is_file() {
                let path = entry.path();
                held.push(site_path(&path.strip_prefix(&tree).unwrap_or(&path).to_string_lossy())?);
            }
        }
    }
    Ok(held)
}

/// Where `generation` has `path`.
fn now(root: &Root, generation: &str, path: &SitePath) -> Result<PathBuf, Error> {
    Ok(root.at(&root.real(&site_path(generation)?)?).join(TREE).join(path.as_str()))
}

fn folder(root: &Root, name: &str) -> Result<PathBuf, Error> {
    Ok(root.at(&root.real(&site_path(GENERATIONS)?)?).join(name))
}
