//! The turn of a packaged site from the generation in force to the next.
//!
//! Paths that are new to us are first reached through a generation that leads on to the package's own files, so that
//! making them ours shows nobody anything; then one rename puts the whole next generation in force.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};

use super::dpkg::shipped_name;
use super::error::Error;
use super::generations::{Leaf, build, discard, held, in_force, prune, turn_to};
use super::layout::{Layout, Mode, Moves, disable, enable, has_places, is_folder, mode_in_force};
use super::overlay;
use super::root::Root;
use crate::content::Content;
use crate::path::SitePath;
use crate::site::Shipped;

/// What of a packaged site is branded.
#[derive(Debug)]
pub struct Branded {
    /// How its files take the place of the package's.
    pub mode: Mode,
    /// The files.
    pub files: Vec<BrandedFile>,
    /// Whether a file of them gives up something that another file takes over.
    pub is_late: bool,
}

/// A file that is branded.
#[derive(Debug)]
pub struct BrandedFile {
    /// The path at which it is asked for.
    pub path: SitePath,
    /// Its branded bytes.
    pub bytes: Content,
    /// Those of the package.
    pub shipped: Option<Content>,
}

impl Branded {
    /// What the package brought as `path`.
    fn package(&self, path: &SitePath) -> Option<&Content> {
        self.files.iter().find(|file| file.path == *path)?.shipped.as_ref()
    }
}

/// A turn as the journal has it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Turn {
    /// The name of the generation in force before.
    #[serde(skip_serializing_if = "Option::is_none", default, deserialize_with = "one_segment")]
    old: Option<String>,
    /// The name of the next; none where files are copies.
    #[serde(skip_serializing_if = "Option::is_none", default, deserialize_with = "one_segment")]
    new: Option<String>,
    /// The paths that come to be ours and leave us.
    moves: Moves,
    /// Those of them that nothing is known of yet.
    fresh: Vec<SitePath>,
    /// Whether nginx is told of the paths, and dpkg is not.
    #[serde(default)]
    is_overlay: bool,
}

impl Turn {
    /// Whether a path leaves us.
    pub(super) fn gives_back(&self) -> bool {
        !self.moves.disable.is_empty()
    }

    /// The paths that come to be ours.
    pub(super) fn taken(&self) -> impl Iterator<Item = &SitePath> {
        self.moves.enable.iter()
    }

    /// The names that change for the paths that come to be ours or leave us.
    pub(super) fn renamed(&self) -> Result<Vec<SitePath>, Error> {
        let paths = self.moves.enable.iter().chain(&self.moves.disable).filter(|_| !self.is_overlay);
        let both = paths.map(|path| Ok([path.clone(), shipped_name(path)?]));
        Ok(both.collect::<Result<Vec<_>, Error>>()?.into_iter().flatten().collect())
    }

    /// A leaf that leads on to what the package brought as `path`.
    fn shipped(&self, path: &SitePath) -> Result<Leaf<'static>, Error> {
        Ok(Leaf::Shipped(if self.is_overlay { path.clone() } else { shipped_name(path)? }))
    }
}

/// Reads the name of a folder, which leads nowhere else.
fn one_segment<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    let name = Option::<SitePath>::deserialize(from)?;
    match name.as_ref().map(SitePath::as_str) {
        Some(name) if name.contains('/') => Err(D::Error::custom(format!("`{name}` is no name"))),
        name => Ok(name.map(str::to_owned)),
    }
}

/// Whether the names of the site are not as `branded` needs them.
///
/// # Errors
/// When the names cannot be read.
pub fn is_out_of_place(root: &Root, branded: &Branded) -> Result<bool, Error> {
    Ok(moves(root, branded)? != Moves::default())
}

fn moves(root: &Root, branded: &Branded) -> Result<Moves, Error> {
    Layout::read(root)?.moves(branded.files.iter().map(|file| &file.path), branded.mode)
}

/// Whether the branded files below `root` must be given back before they can take their places as `wanted`.
///
/// # Errors
/// When their names cannot be read.
pub fn is_other_mode(root: &Root, wanted: Mode) -> Result<bool, Error> {
    let now = mode_in_force(root)?;
    // Copies become links as they are.
    Ok(now != wanted && (now, wanted) != (Mode::Copies, Mode::Links) && has_places(root)?)
}

/// The turn to the generation `number`, which is to hold `branded`.
pub(super) fn plan(root: &Root, branded: &Branded, number: u64) -> Result<Turn, Error> {
    let (moves, old, held) = (moves(root, branded)?, in_force(root)?, held(root)?);
    if !branded.files.is_empty() && is_other_mode(root, branded.mode)? {
        return Err(Error::OtherMode);
    }
    let is_known = |name: &SitePath| held.iter().any(|path| is_within(path, name));
    let fresh = moves.enable.iter().filter(|name| !is_known(name)).cloned().collect();
    let new = (branded.mode != Mode::Copies).then(|| number.to_string());
    Ok(Turn { old, new, moves, fresh, is_overlay: branded.mode == Mode::Overlay })
}

/// Makes everything ready: the paths ours, the next generation whole beside the one in force.
pub(super) fn prepare(root: &Root, turn: &Turn, branded: &Branded, record: &Content) -> Result<(), Error> {
    let Some(new) = &turn.new else { return take_over(root, turn, branded) };
    if !turn.moves.enable.is_empty() {
        let held = held(root)?;
        let fresh = turn.fresh.iter().filter(|path| !is_folder(path));
        let fresh = fresh.map(|path| Ok((path, turn.shipped(path)?)));
        let known = held.iter().map(|path| Ok((path, Leaf::AsNow)));
        let leaves = known.chain(fresh).collect::<Result<Vec<_>, Error>>()?;
        build(root, &before(new), &leaves, None)?;
        turn_to(root, Some(&before(new)))?;
        take_over(root, turn, branded)?;
    }
    let files = branded.files.iter().map(|file| Ok((&file.path, Leaf::Bytes(&file.bytes))));
    let leaving = turn.moves.disable.iter().filter(|path| !is_folder(path));
    let leaving = leaving.map(|path| Ok((path, leaving_leaf(root, turn, path)?)));
    let leaves = files.chain(leaving).collect::<Result<Vec<_>, Error>>()?;
    build(root, new, &leaves, Some(record))
}

/// What visitors get as `path`, which leaves us, until it has: the package's file, or what is branded where that is lost.
fn leaving_leaf(root: &Root, turn: &Turn, path: &SitePath) -> Result<Leaf<'static>, Error> {
    let is_lost = !turn.is_overlay && !root.is_there(&shipped_name(path)?)? && root.is_there(path)?;
    if is_lost { Ok(Leaf::AsNow) } else { turn.shipped(path) }
}

/// Makes the paths ours that come to be ours.
fn take_over(root: &Root, turn: &Turn, branded: &Branded) -> Result<(), Error> {
    let paths = &turn.moves.enable;
    if turn.is_overlay {
        return overlay::set(root, &overlay::paths(root)?.into_iter().chain(paths.iter().cloned()).collect());
    }
    let mode = if turn.new.is_some() { Mode::Links } else { Mode::Copies };
    paths.iter().try_for_each(|path| enable(root, path, branded.package(path), mode))
}

/// Refuses when the package's files are not those any more that the plan was made from.
pub(super) fn check(root: &Root, branded: &Branded) -> Result<(), Error> {
    let layout = Layout::read(root)?;
    for file in &branded.files {
        let shipped = match layout.shipped(&file.path)? {
            Shipped::Beside(shipped) => shipped,
            // The step, or the journal of it, speaks of what is there.
            Shipped::Here | Shipped::Elsewhere(_) => continue,
        };
        if shipped != file.shipped {
            return Err(Error::ChangedMeanwhile(root.at(&file.path)));
        }
    }
    Ok(())
}

/// Puts the next generation in force.
pub(super) fn take(root: &Root, turn: &Turn) -> Result<(), Error> {
    if turn.new.is_some() { turn_to(root, turn.new.as_deref()) } else { Ok(()) }
}

/// Gives back the paths that leave us, and forgets old generations.
pub(super) fn finish(root: &Root, turn: &Turn) -> Result<(), Error> {
    give_back(root, turn, &turn.moves.disable)?;
    prune(root)
}

/// Everything as it was before `turn`.
pub(super) fn undo(root: &Root, turn: &Turn) -> Result<(), Error> {
    give_back(root, turn, &turn.fresh)?;
    let Some(new) = &turn.new else { return Ok(()) };
    if in_force(root)? != turn.old {
        turn_to(root, turn.old.as_deref())?;
    }
    discard(root, &before(new))?;
    discard(root, new)
}

/// Gives `paths` back to the package.
fn give_back(root: &Root, turn: &Turn, paths: &[SitePath]) -> Result<(), Error> {
    if turn.is_overlay {
        let kept = overlay::paths(root)?.into_iter().filter(|path| !paths.contains(path));
        return overlay::set(root, &kept.collect());
    }
    paths.iter().try_for_each(|path| disable(root, path))
}

/// The name of the generation that leads on to the package's files.
fn before(new: &str) -> String {
    format!("{new}.before")
}

fn is_within(path: &SitePath, name: &SitePath) -> bool {
    path.as_str().strip_prefix(name.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
