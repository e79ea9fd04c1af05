//! Everything of ours out of the way of a packaged site, whatever earlier runs left.

use std::collections::BTreeSet;

use super::error::Error;
use super::files::{folder_of, remove, remove_empty};
use super::generations::{GENERATIONS, discard, turn_to};
use super::layout::{Layout, disable, is_of_client, ours};
use super::locks::OwnLock;
use super::overlay;
use super::root::Root;
use super::state::{RECEIPT, receipt, record_anew, site_path};
use crate::site::WEB;

/// Gives every path back to its package, and forgets every generation. Where the client `is_gone`, the folders go too
/// that only our links kept alive. What was done to other files, as those of the hosts, stays recorded.
///
/// # Errors
/// When a path cannot be given back.
pub fn withdraw(root: &Root, lock: &OwnLock, is_gone: bool) -> Result<(), Error> {
    overlay::set(root, &BTreeSet::new())?;
    let paths = ours(root)?;
    paths.iter().try_for_each(|path| disable(root, path))?;
    if is_gone {
        let top = root.entry(&site_path(WEB)?)?;
        let entries = paths.iter().filter(|path| is_of_client(path)).map(|path| root.entry(path));
        let entries = entries.collect::<Result<Vec<_>, _>>()?;
        let folders = entries.iter().flat_map(|entry| folder_of(entry).ancestors());
        let folders: BTreeSet<_> = folders.filter(|folder| folder.starts_with(&top)).collect();
        folders.into_iter().rev().try_for_each(remove_empty)?;
    }
    turn_to(root, None)?;
    for name in root.list(&site_path(GENERATIONS)?)? {
        discard(root, &name)?;
    }
    remove_empty(&root.entry(&site_path(GENERATIONS)?)?)?;
    let Some(mut receipt) = receipt(root)? else { return Ok(()) };
    receipt.files.retain(|path, _| !is_of_client(path));
    if receipt.files.is_empty() {
        return remove(&root.entry(&site_path(RECEIPT)?)?);
    }
    record_anew(root, lock, &receipt)
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
        let shipped = super::dpkg::shipped_name(&path)?;
        is_broken |= root.read(&shipped)?.is_some() && root.read(&path)?.is_none();
    }
    Ok(is_broken)
}
