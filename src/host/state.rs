//! What earlier runs left for us below `var/lib/rebrand`: the receipt, and the shipped bytes by their digest.

use std::collections::HashMap;
use std::fs::{self, File};
use std::os::unix::fs::MetadataExt as _;
use std::path::PathBuf;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::durable::sync_folder;
use super::error::{At, Error};
use super::files::{OLD, folder_of, in_its_place, make_folders, place, write_new};
use super::locks::OwnLock;
use super::root::Root;
use crate::content::Content;
use crate::digest::Digest;
use crate::path::SitePath;
use crate::plan::receipt::Receipt;

/// Where our own state lies.
pub(super) const FOLDER: &str = "var/lib/rebrand";
/// The receipt of the last commit.
pub(super) const RECEIPT: &str = "var/lib/rebrand/receipt.json";
/// The journal of a commit that has begun.
pub(super) const JOURNAL: &str = "var/lib/rebrand/journal.json";
/// The lock of a run that writes.
pub(super) const LOCK: &str = "var/lib/rebrand/lock";
/// How the names begin of the shipped bytes of every file that we changed; their digest follows. They lie beside the
/// journal, so that one sync makes the names of both durable.
const SHIPPED: &str = "var/lib/rebrand/shipped-";
/// What somebody wrote in the place of files of ours.
const RESCUED: &str = "var/lib/rebrand/rescued";

/// What the last run recorded; none if there was none.
///
/// # Errors
/// When the record cannot be read.
pub fn receipt(root: &Root) -> Result<Option<Receipt>, Error> {
    let path = site_path(RECEIPT)?;
    root.read(&path)?.map(|bytes| decode_receipt(root, &bytes)).transpose()
}

/// Writes `receipt` in the place of the record of the same run.
///
/// # Errors
/// When it cannot be written; the record is then as it was.
pub fn record_anew(root: &Root, _lock: &OwnLock, receipt: &Receipt) -> Result<(), Error> {
    let path = root.entry(&site_path(RECEIPT)?)?;
    place(&path, &encode(root, RECEIPT, receipt)?)?;
    sync_folder(folder_of(&path))
}

/// The kept files that `receipt` names as bases; one that is lost or spoiled is left out.
///
/// # Errors
/// When one is there and cannot be read.
pub fn kept(root: &Root, receipt: Option<&Receipt>) -> Result<HashMap<Digest, Content>, Error> {
    let bases =
        receipt.iter().flat_map(|receipt| receipt.files.values()).filter_map(|file| file.base.as_ref());
    let mut kept = HashMap::new();
    for digest in bases {
        if let Some(bytes) = kept_file(root, digest)? {
            kept.insert(digest.clone(), bytes);
        }
    }
    Ok(kept)
}

/// A file that is kept.
pub(super) struct Kept {
    /// Its name under our folder.
    pub(super) path: PathBuf,
    /// The file. It is durable once it, and its folder, are synced.
    pub(super) file: File,
    /// Whether it is the very file that it keeps, by a second name.
    pub(super) is_itself: bool,
}

/// Keeps `bytes`, which are of the file `of`, under their digest, which tells a file that a kill left unfinished. Nobody
/// reads them who may not read that file. Nothing is returned if they were there already.
///
/// With `is_now`, the file has these bytes and is about to be replaced. It is kept itself then, by a second name, unless
/// somebody could still write to it by a third.
pub(super) fn keep(root: &Root, of: &SitePath, bytes: &Content, is_now: bool) -> Result<Option<Kept>, Error> {
    let name = kept_name(bytes.digest())?;
    // What stands there and is no file is told when it cannot be replaced.
    if root.has(&name, Some(bytes)).unwrap_or(false) {
        return Ok(None);
    }
    let path = root.entry(&name)?;
    let of = root.at(&root.real(of)?);
    let is_sole = || fs::symlink_metadata(&of).is_ok_and(|metadata| metadata.nlink() == 1);
    let is_itself = is_now && is_sole() && in_its_place(&path, || fs::hard_link(&of, &path)).is_ok();
    let file =
        if is_itself { File::open(&path).at("keep", &path)? } else { write_new(&path, bytes, Some(&of))? };
    Ok(Some(Kept { path, file, is_itself }))
}

/// The second name under our folder of the file `path`, until it is settled what takes its place.
pub(super) fn second_name(root: &Root, path: &SitePath) -> Result<PathBuf, Error> {
    root.entry(&second(path)?)
}

/// The name under our folder of the bytes of `digest`, which the file `path` had; none if they are lost or spoiled.
pub(super) fn former_path(root: &Root, path: &SitePath, digest: &Digest) -> Result<Option<PathBuf>, Error> {
    for name in [second(path)?, kept_name(digest)?] {
        if has(root, &name, digest)?.is_some() {
            return Ok(Some(root.entry(&name)?));
        }
    }
    Ok(None)
}

/// Keeps `bytes`, which somebody wrote in the place of our file `path`: `rescued/interface_config.js-0123456789`. Nobody
/// reads them who may not read that file.
pub(super) fn rescue(root: &Root, path: &SitePath, bytes: &Content) -> Result<(), Error> {
    let kept = root.entry(&site_path(&format!("{RESCUED}/{}-{}", path.name(), bytes.digest().short()))?)?;
    make_folders(&kept)?;
    write_new(&kept, bytes, Some(&root.at(&root.real(path)?)))?.sync_all().at("write", &kept)?;
    sync_folder(folder_of(&kept))
}

/// The record in `bytes`, which is the file `RECEIPT`.
pub(super) fn decode_receipt(root: &Root, bytes: &[u8]) -> Result<Receipt, Error> {
    let receipt: Receipt = decode(root, RECEIPT, bytes)?;
    known_format(root, RECEIPT, receipt.format)?;
    Ok(receipt)
}

/// The record in `bytes`, which is our file `path`.
pub(super) fn decode<R: DeserializeOwned>(root: &Root, path: &str, bytes: &[u8]) -> Result<R, Error> {
    serde_json::from_slice(bytes).map_err(|error| bad(root, path, error.to_string()))
}

/// Refuses a record of our file `path` that another version wrote in another `format`.
pub(super) fn known_format(root: &Root, path: &str, format: u32) -> Result<(), Error> {
    if format == 1 {
        return Ok(());
    }
    Err(bad(root, path, format!("its format is {format}, and this version knows only 1")))
}

/// `record` as the bytes of our file `path`.
pub(super) fn encode(root: &Root, path: &str, record: &impl Serialize) -> Result<Vec<u8>, Error> {
    let mut bytes = serde_json::to_vec_pretty(record).map_err(|error| bad(root, path, error.to_string()))?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// `text` as a path of the site.
pub(super) fn site_path(text: &str) -> Result<SitePath, Error> {
    SitePath::new(text)
        .map_err(|error| Error::Record { path: PathBuf::from(text), reason: error.to_string() })
}

fn kept_file(root: &Root, digest: &Digest) -> Result<Option<Content>, Error> {
    if !digest.is_well_formed() {
        return Ok(None);
    }
    has(root, &kept_name(digest)?, digest)
}

/// The file `name` of ours, if it has the bytes of `digest`.
fn has(root: &Root, name: &SitePath, digest: &Digest) -> Result<Option<Content>, Error> {
    Ok(root.read(name)?.filter(|bytes| bytes.digest() == digest))
}

fn second(path: &SitePath) -> Result<SitePath, Error> {
    site_path(&format!("{FOLDER}/.{}{OLD}", Digest::of(path.as_str().as_bytes())))
}

fn kept_name(digest: &Digest) -> Result<SitePath, Error> {
    site_path(&format!("{SHIPPED}{digest}"))
}

fn bad(root: &Root, path: &str, reason: String) -> Error {
    Error::Record { path: root.folder().join(path), reason }
}
