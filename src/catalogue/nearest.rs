//! The key that was probably meant by one that does not exist.

use super::file::ConfigFile;
use super::key::{Reader, key, keys, name};
use crate::value::KeyPath;

/// The known key of `file` that is most like `path`: a slip of the pen, the other file's way of spelling
/// (`DEFAULT_LOGO_URL` for `defaultLogoUrl`), or the right name at another depth. A key that nobody reads is
/// named only where no living one is as near. None where nothing is near.
#[must_use]
pub fn nearest(file: ConfigFile, path: &KeyPath) -> Option<KeyPath> {
    let wanted = plain(&name(path)?);
    let limit = (wanted.len() / 4).clamp(1, 4);
    let near = keys(file).filter(|known| known != path).filter_map(|known| {
        let distance = distance(&wanted, &known, limit)?;
        let dead = key(file, &known).is_some_and(|known| known.read == Reader::Nobody);
        Some((distance, dead, known))
    });
    near.min_by(|left, right| (left.0, left.1).cmp(&(right.0, right.1))).map(|(_, _, known)| known)
}

/// How many slips lie between `wanted` and the key, if that is at most `limit`. The right name at another depth
/// counts as far as a slip can be, so that it is named only where no slip explains it.
fn distance(wanted: &str, known: &KeyPath, limit: usize) -> Option<usize> {
    let whole = plain(&name(known)?);
    let slips = (whole.len().abs_diff(wanted.len()) <= limit).then(|| strsim::osa_distance(&whole, wanted));
    let leaf = known.last().map(plain).unwrap_or_default();
    let same_leaf = leaf.len() >= 5 && wanted.rsplit('.').next() == Some(leaf.as_str());
    slips.filter(|slips| *slips <= limit).or(same_leaf.then_some(limit))
}

/// The name without what the two files spell differently.
fn plain(name: &str) -> String {
    name.chars().filter(|letter| *letter != '_').flat_map(char::to_lowercase).collect()
}
