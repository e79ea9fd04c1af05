//! Pictures that were made before, by the digest of how they are made: kept so that a second run makes none.
//!
//! What is kept here can always be made again, so nothing of it needs to be durable, and what is spoiled is not there.

use std::collections::BTreeSet;
use std::fs;

use serde::{Deserialize, Serialize};

use super::error::{At, Error};
use super::files::{make_folders, place};
use super::locks::OwnLock;
use super::root::Root;
use super::state::site_path;
use crate::content::Content;
use crate::digest::Digest;
use crate::raster::Remark;

/// Where they lie.
const MADE: &str = "var/lib/rebrand/made";

/// A picture, and what was noticed when it was made.
#[derive(Clone, Debug, PartialEq)]
pub struct Made {
    /// Its bytes.
    pub content: Content,
    /// What the owner should know of it.
    pub remarks: Vec<Remark>,
}

/// The first line of a kept picture.
#[derive(Serialize, Deserialize)]
struct Head {
    digest: Digest,
    remarks: Vec<Remark>,
}

/// The picture that was made by `recipe`; none if it is not kept, or spoiled.
///
/// # Errors
/// When it is there and cannot be read.
pub fn made(root: &Root, recipe: &Digest) -> Result<Option<Made>, Error> {
    let Some(bytes) = root.read(&site_path(&format!("{MADE}/{recipe}"))?)? else { return Ok(None) };
    Ok(read(&bytes))
}

fn read(bytes: &[u8]) -> Option<Made> {
    let end = memchr::memchr(b'\n', bytes)?;
    let head: Head = serde_json::from_slice(bytes.get(..end)?).ok()?;
    let content = Content::from(bytes.get(end + 1..)?.to_vec());
    (*content.digest() == head.digest).then_some(Made { content, remarks: head.remarks })
}

/// Keeps `made`, and forgets all others.
///
/// # Errors
/// When one cannot be written.
pub fn remember<'m>(
    root: &Root,
    _lock: &OwnLock,
    made: impl Iterator<Item = (&'m Digest, &'m Made)>,
) -> Result<(), Error> {
    let mut names = BTreeSet::new();
    for (recipe, picture) in made {
        names.insert(recipe.as_str().to_owned());
        if self::made(root, recipe)?.as_ref() == Some(picture) {
            continue;
        }
        let Made { content, remarks } = picture;
        let path = root.at(&root.real(&site_path(&format!("{MADE}/{recipe}"))?)?);
        make_folders(&path)?;
        let head = Head { digest: content.digest().clone(), remarks: remarks.clone() };
        let mut bytes = serde_json::to_vec(&head).unwrap_or_default();
        bytes.push(b'\n');
        bytes.extend_from_slice(content);
        place(&path, &bytes)?;
    }
    let folder = site_path(MADE)?;
    for name in root.list(&folder)? {
        if !names.contains(&name) {
            let path = root.at(&root.real(&folder)?).join(&name);
            fs::remove_file(&path).at("remove", &path)?;
        }
    }
    Ok(())
}
