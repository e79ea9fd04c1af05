//! Everything of ours out of the way of a packaged site, whatever earlier runs left.

use std::collections::BTreeSet;

use super::dpkg::{is_brought, shipped_name};
use super::error::Error;
use super::files::{folder_of, remove, remove_empty};
use super::generations::{GENERATIONS, discard, in_force, turn_to};
use super::layout::{Layout, disable, is_folder, is_of_client, is_picture, ours};
use super::locks::OwnLock;
use super::overlay;
use super::root::Root;
use super::state::{RECEIPT, receipt, record_anew, site_path};
use crate::path::SitePath;
use crate::site::{HOST_SUFFIX, HOSTS, PICTURES, WEB};

/// How the names end of the client's files that can name a picture.
const TEXTS: [&str; 3] = [".js", ".json", ".html"];

/// What could not be given back with the rest.
#[derive(Debug, Default)]
pub struct Remains {
    /// Files that are branded as before, for those that their package brought are lost.
    pub branded: Vec<SitePath>,
    /// Files that name pictures of the brand, which therefore stay.
    pub naming: Vec<SitePath>,
}

/// Gives every path back to its package, and forgets every generation. Where the client `is_gone`, the folders go too
/// that only our links kept alive. What was done to other files, as those of the hosts, stays recorded; as long as one
/// of them names pictures of the brand, those stay in force.
///
/// # Errors
/// When a path cannot be given back.
pub fn withdraw(root: &Root, lock: &OwnLock, is_gone: bool) -> Result<Remains, Error> {
    overlay::set(root, &BTreeSet::new())?;
    let paths = ours(root)?;
    let (folders, files): (Vec<SitePath>, Vec<_>) = paths.iter().cloned().partition(is_folder);
    let mut remains = Remains::default();
    for path in files {
        let is_lost = is_brought(root, &path)? && !root.is_there(&shipped_name(&path)?)?;
        disable(root, &path)?;
        if is_lost && root.is_there(&path)? {
            remains.branded.push(path);
        }
    }
    if !is_gone {
        remains.naming = naming(root)?;
    }
    if remains.naming.is_empty() {
        folders.iter().try_for_each(|path| disable(root, path))?;
        turn_to(root, None)?;
    }
    if is_gone {
        remove_folders(root, &paths)?;
    }
    let now = in_force(root)?;
    for name in root.list(&site_path(GENERATIONS)?)?.iter().filter(|name| now.as_ref() != Some(name)) {
        discard(root, name)?;
    }
    remove_empty(&root.entry(&site_path(GENERATIONS)?)?)?;
    // One that cannot be read says nothing of what is left, and stays for whoever can.
    let Ok(Some(mut receipt)) = receipt(root) else { return Ok(remains) };
    let stays = |path: &SitePath| !is_of_client(path) || is_picture(path) && !remains.naming.is_empty();
    receipt.files.retain(|path, _| stays(path));
    if receipt.files.is_empty() {
        remove(&root.entry(&site_path(RECEIPT)?)?)?;
    } else {
        record_anew(root, lock, &receipt)?;
    }
    Ok(remains)
}

/// The files of hosts and of the client that name a picture of the brand.
fn naming(root: &Root) -> Result<Vec<SitePath>, Error> {
    let mut naming = Vec::new();
    for (folder, ends) in [(HOSTS, &[HOST_SUFFIX][..]), (WEB, &TEXTS), (&format!("{WEB}/static"), &TEXTS)] {
        for name in
            root.list(&site_path(folder)?)?.iter().filter(|name| ends.iter().any(|end| name.ends_with(end)))
        {
            let Ok(path) = SitePath::new(&format!("{folder}/{name}")) else { continue };
            // What cannot be read nobody sends either.
            let bytes = root.read(&path).ok().flatten();
            let picture = format!("{PICTURES}/");
            if bytes.is_some_and(|bytes| memchr::memmem::find(&bytes, picture.as_bytes()).is_some()) {
                naming.push(path);
            }
        }
    }
    Ok(naming)
}

/// Removes the folders that only `paths` kept alive.
fn remove_folders(root: &Root, paths: &[SitePath]) -> Result<(), Error> {
    let top = root.entry(&site_path(WEB)?)?;
    let entries = paths.iter().filter(|path| is_of_client(path)).map(|path| root.entry(path));
    let entries = entries.collect::<Result<Vec<_>, _>>()?;
    let folders = entries.iter().flat_map(|entry| folder_of(entry).ancestors());
    let folders: BTreeSet<_> = folders.filter(|folder| folder.starts_with(&top)).collect();
    folders.into_iter().rev().try_for_each(remove_empty)
}

/// Whether a path of ours leads nowhere, so that visitors miss it.
///
/// # Errors
/// When that cannot be read.
pub fn is_broken(root: &Root) -> Result<bool, Error> {
    let layout = Layout::read(root)?;
    let mut is_broken = false;
    for path in ours(root)? {
        let served = layout.served(&path)?;
        if served != path {
            is_broken |= root.read(&path)?.is_some() && root.read(&served)?.is_none();
            continue;
        }
        let shipped = shipped_name(&path)?;
        is_broken |= root.read(&shipped)?.is_some() && root.read(&path)?.is_none();
    }
    Ok(is_broken)
}
