//! The names of a packaged site: which of its files are reached through the generation in force.
//!
//! The package's file lies beside the path that the web server asks for, diverted, and at that path a link leads into
//! `var/lib/rebrand/current`. Every step can be done again, and in this order no moment shows a page half branded and
//! no upgrade in between is lost: first the package's file gets its second name, then dpkg is told, then the link takes
//! the path. The folder of our own pictures is one link, so that a new picture needs no step of its own.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::dpkg::{Diversion, Diversions, divert, is_brought, is_packaged, shipped_name, undivert};
use super::durable::sync_folder;
use super::error::{At, Error};
use super::files::{NEW, beside, folder_of, make_folders, remove, remove_empty, set_aside, write_new};
use super::overlay;
use super::root::Root;
use super::state::{receipt, rescue, site_path};
use crate::content::Content;
use crate::doctor::end_of_diversion;
use crate::path::SitePath;
use crate::site::{PICTURES, Shipped, WEB};

/// The link to the generation in force.
pub(super) const CURRENT: &str = "var/lib/rebrand/current";
/// Where a generation holds the files of the site.
pub(super) const TREE: &str = "tree";

/// How the branded files of a packaged site take the place of the package's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// By links into the generation in force.
    #[default]
    Links,
    /// As regular files, where links cannot be followed.
    Copies,
    /// Not at all: nginx is told to take them from the generation in force.
    Overlay,
}

/// Steps by which exactly the wanted paths come to be ours.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Moves {
    /// The paths that are to be ours.
    pub(super) enable: Vec<SitePath>,
    /// Those that are to be the package's again.
    pub(super) disable: Vec<SitePath>,
}

/// What stands at a path.
#[derive(Debug, PartialEq, Eq)]
enum Stands {
    Nothing,
    OurLink,
    TheirLink(PathBuf),
    File,
}

/// The names as they are.
pub(super) struct Layout {
    root: Root,
    /// Those of dpkg; none where no package brought the site.
    diversions: Option<Diversions>,
    /// The paths that nginx takes from the generation in force.
    overlay: BTreeSet<SitePath>,
}

impl Layout {
    /// Reads dpkg's list of diversions, where dpkg owns the site.
    pub(super) fn read(root: &Root) -> Result<Self, Error> {
        let diversions = is_packaged(root)?.then(|| Diversions::read(root)).transpose()?;
        let overlay = if diversions.is_some() { overlay::paths(root)? } else { BTreeSet::new() };
        Ok(Layout { root: root.clone(), diversions, overlay })
    }

    /// Whether nginx takes `path` from the generation in force.
    fn is_overlaid(&self, path: &SitePath) -> bool {
        let is_in_folder = || is_picture(path) && self.overlay.iter().any(is_folder);
        self.overlay.contains(path) || is_in_folder()
    }

    /// Where the file lies that visitors get as `path`.
    pub(super) fn served(&self, path: &SitePath) -> Result<SitePath, Error> {
        if self.is_overlaid(path) { site_path(&format!("{CURRENT}/{TREE}/{path}")) } else { Ok(path.clone()) }
    }

    /// Where the bytes lie that the package brought as `path`.
    pub(super) fn shipped(&self, path: &SitePath) -> Result<Shipped, Error> {
        let Some(diversions) = self.diversions.as_ref().filter(|_| is_of_client(path)) else {
            return Ok(Shipped::Here);
        };
        if self.is_overlaid(path) {
            return Ok(Shipped::Beside(self.root.read(path)?));
        }
        let beside = || {
            let shipped = self.root.read(&shipped_name(path)?)?;
            let is_file = shipped.is_none() && stands(&self.root, path)? == Stands::File;
            let is_given_back = is_file && !self.is_our_copy(path)?;
            Ok(if is_given_back { Shipped::Here } else { Shipped::Beside(shipped) })
        };
        match diversions.of(path) {
            Some(_) if diversions.has(path) => return beside(),
            Some(Diversion { to, by }) => {
                let who = if by == ":" { "by hand".to_owned() } else { format!("by `{by}`") };
                let is_there = |path: &str| self.root.standing(path).is_some();
                let end = end_of_diversion(&format!("/{path}"), &format!("/{to}"), by, &is_there);
                return Ok(Shipped::Elsewhere(format!("is diverted {who} ({end})")));
            }
            None => {}
        }
        Ok(match stands(&self.root, path)? {
            Stands::OurLink => return beside(),
            Stands::TheirLink(to) => {
                Shipped::Elsewhere(format!("is a link to `{}` that somebody made", to.display()))
            }
            _ if is_picture(path) && stands(&self.root, &pictures()?)? == Stands::OurLink => {
                Shipped::Beside(None)
            }
            _ => Shipped::Here,
        })
    }

    /// Whether the regular file at `path` is as the last run wrote it.
    fn is_our_copy(&self, path: &SitePath) -> Result<bool, Error> {
        let receipt = receipt(&self.root)?;
        let Some(ours) = receipt.as_ref().and_then(|receipt| receipt.files.get(path)) else {
            return Ok(false);
        };
        Ok(self.root.read(path)?.is_some_and(|bytes| *bytes.digest() == ours.written))
    }

    /// The names in `folder`: of those that are ours also what somebody took away.
    pub(super) fn list(&self, folder: &SitePath) -> Result<BTreeSet<String>, Error> {
        let mut names: BTreeSet<String> = self.root.list(folder)?.into_iter().collect();
        let ours = self.diversions.iter().flat_map(Diversions::ours);
        let name = |path: &SitePath| {
            let name = path.as_str().strip_prefix(folder.as_str())?.strip_prefix('/')?;
            (!name.contains('/')).then(|| name.to_owned())
        };
        names.extend(ours.filter_map(name));
        Ok(names)
    }

    /// The steps after which the files of `wanted` alone are ours.
    pub(super) fn moves<'p>(
        &self,
        wanted: impl Iterator<Item = &'p SitePath>,
        mode: Mode,
    ) -> Result<Moves, Error> {
        let Some(diversions) = &self.diversions else { return Ok(Moves::default()) };
        let folder = stands(&self.root, &pictures()?)?;
        let mut names = BTreeSet::new();
        for path in wanted {
            match mode {
                // A folder of regular files is no package's.
                Mode::Copies if is_picture(path) => continue,
                Mode::Links if is_picture(path) && folder != Stands::File => names.insert(pictures()?),
                Mode::Overlay if is_picture(path) => names.insert(pictures()?),
                _ => names.insert(path.clone()),
            };
        }
        if mode == Mode::Overlay {
            let enable = names.difference(&self.overlay).cloned().collect();
            return Ok(Moves { enable, disable: self.overlay.difference(&names).cloned().collect() });
        }
        let mut ours: BTreeSet<SitePath> = diversions.ours().cloned().collect();
        if folder == Stands::OurLink {
            ours.insert(pictures()?);
        }
        let disable = ours.difference(&names).cloned().collect();
        let mut enable = Vec::new();
        for name in names {
            let is_linked = stands(&self.root, &name)? == Stands::OurLink;
            let is_diverted = is_folder(&name) || diversions.has(&name);
            // After the web root moved, the way to the generation is another.
            let is_astray = || {
                let way = way(&self.root, &name, &format!("{CURRENT}/{TREE}/{name}"))?;
                Ok::<_, Error>(!fs::read_link(self.root.entry(&name)?).is_ok_and(|to| to == way))
            };
            let is_wished = is_linked == (mode == Mode::Links);
            if !is_diverted || !is_wished || (is_linked && is_astray()?) {
                enable.push(name);
            }
        }
        Ok(Moves { enable, disable })
    }
}

/// Makes `path` ours, which the package brought as `package`. The generation in force has it already.
pub(super) fn enable(
    root: &Root,
    path: &SitePath,
    package: Option<&Content>,
    mode: Mode,
) -> Result<(), Error> {
    make_folders(&root.entry(path)?)?;
    let shipped = root.entry(&shipped_name(path)?)?;
    let is_diverted = || Diversions::read(root).map(|diversions| diversions.has(path));
    // Diverted, and nothing beside it: a run was killed when it had given the file back, or somebody put one there.
    let is_given_back = fs::symlink_metadata(&shipped).is_err() && stands(root, path)? == Stands::File;
    if !is_folder(path) && (is_given_back || !is_diverted()?) {
        match stands(root, path)? {
            Stands::File => second_name(root, path, package, &shipped)?,
            // An earlier run was killed before dpkg knew of it, and the file went away since.
            Stands::Nothing => remove(&shipped)?,
            Stands::OurLink | Stands::TheirLink(_) => {}
        }
        sync_folder(folder_of(&shipped))?;
        divert(root, path)?;
    }
    if mode == Mode::Links { link(root, path) } else { Ok(()) }
}

/// Gives the package's file its name beside `path`. It is at `path` itself, unless an older version of ours wrote there.
fn second_name(root: &Root, path: &SitePath, package: Option<&Content>, shipped: &Path) -> Result<(), Error> {
    let entry = root.entry(path)?;
    match package {
        Some(package) if root.read(path)?.as_ref() != Some(package) => {
            write_new(shipped, package, Some(&entry))?.sync_all().at("write", shipped)
        }
        Some(_) => set_aside(&entry, shipped),
        None => remove(shipped),
    }
}

/// Gives `path` back to the package.
pub(super) fn disable(root: &Root, path: &SitePath) -> Result<(), Error> {
    let entry = root.entry(path)?;
    remove(&beside(&entry, NEW))?;
    let stands = stands(root, path)?;
    if is_folder(path) {
        return if stands == Stands::OurLink { gone(&entry) } else { Ok(()) };
    }
    let shipped = root.entry(&shipped_name(path)?)?;
    if !Diversions::read(root)?.has(path) && stands != Stands::OurLink {
        // dpkg was never told; what is beside it is only a second name.
        return removed(&shipped);
    }
    let is_shipped = fs::symlink_metadata(&shipped).is_ok();
    if stands == Stands::File && is_shipped {
        let (now, package) = (root.read(path)?, root.read(&shipped_name(path)?)?);
        if let Some(now) = now.filter(|now| Some(now) != package.as_ref()) {
            rescue(root, path, &now)?;
        }
    }
    if is_shipped {
        fs::rename(&shipped, &entry).at("put back", &entry)?;
        // Two names of one file stay two.
        remove(&shipped)?;
        sync_folder(folder_of(&entry))?;
    }
    // Without a file beside it dpkg is told first: one that it brings before the rest is done takes the link's place.
    if Diversions::read(root)?.has(path) {
        undivert(root, path)?;
    }
    if !is_shipped && stands == Stands::OurLink && !leave_plain(root, path, &entry)? {
        gone(&entry)?;
    }
    Ok(())
}

/// Leaves the branded bytes as a plain file in the place of our link, where somebody took away those that the package
/// brought: a page with them is better than none, and dpkg puts its own there again. Tells whether that was so.
fn leave_plain(root: &Root, path: &SitePath, entry: &Path) -> Result<bool, Error> {
    let Some(bytes) = root.read(path)?.filter(|_| is_brought(root, path).unwrap_or(false)) else {
        return Ok(false);
    };
    let new = beside(entry, NEW);
    write_new(&new, &bytes, None)?.sync_all().at("write", &new)?;
    fs::rename(&new, entry).at("write", entry)?;
    sync_folder(folder_of(entry))?;
    Ok(true)
}

/// Where the file lies that visitors should get as `path`.
///
/// # Errors
/// When that cannot be read.
pub fn served(root: &Root, path: &SitePath) -> Result<SitePath, Error> {
    Layout::read(root)?.served(path)
}

/// Whether a path of a packaged site is ours.
///
/// # Errors
/// When that cannot be read.
pub fn has_places(root: &Root) -> Result<bool, Error> {
    Ok(!ours(root)?.is_empty())
}

/// Every path that is ours now.
pub(super) fn ours(root: &Root) -> Result<Vec<SitePath>, Error> {
    let layout = Layout::read(root)?;
    let mut ours = layout.moves([].into_iter(), Mode::Links)?.disable;
    ours.extend(layout.overlay);
    Ok(ours)
}

/// Puts a link to the file in the generation in force in the place of `path`.
fn link(root: &Root, path: &SitePath) -> Result<(), Error> {
    let entry = root.entry(path)?;
    let new = beside(&entry, NEW);
    remove(&new)?;
    symlink(way(root, path, &format!("{CURRENT}/{TREE}/{path}"))?, &new).at("make", &new)?;
    fs::rename(&new, &entry).at("write", &entry)?;
    sync_folder(folder_of(&entry))
}

/// The relative link that leads from `path` to `target`, which is below the root too.
pub(super) fn way(root: &Root, path: &SitePath, target: &str) -> Result<PathBuf, Error> {
    let entry = root.entry(path)?;
    let above = folder_of(&entry).strip_prefix(root.folder()).unwrap_or(Path::new("")).components().count();
    Ok([".."].repeat(above).iter().collect::<PathBuf>().join(target))
}

fn stands(root: &Root, path: &SitePath) -> Result<Stands, Error> {
    let entry = root.entry(path)?;
    match fs::read_link(&entry) {
        Ok(to) if to.ends_with(format!("{CURRENT}/{TREE}/{path}")) => Ok(Stands::OurLink),
        Ok(to) => Ok(Stands::TheirLink(to)),
        Err(error) if error.kind() == io::ErrorKind::InvalidInput => Ok(Stands::File),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Stands::Nothing),
        Err(error) => Err(error).at("follow", &entry),
    }
}

/// Removes what no package put there, and its folder if that is then empty: it was made for it.
fn gone(path: &Path) -> Result<(), Error> {
    removed(path)?;
    remove_empty(folder_of(path))
}

fn removed(path: &Path) -> Result<(), Error> {
    remove(path)?;
    sync_folder(folder_of(path))
}

/// How the files of the site below `root` are branded now.
///
/// # Errors
/// When that cannot be read.
pub fn mode_in_force(root: &Root) -> Result<Mode, Error> {
    if !overlay::paths(root)?.is_empty() {
        return Ok(Mode::Overlay);
    }
    let is_linked =
        ours(root)?.iter().any(|path| stands(root, path).is_ok_and(|stands| stands == Stands::OurLink));
    Ok(if is_linked { Mode::Links } else { Mode::Copies })
}

/// Whether `path` is a file of the web client, which the packages bring.
#[must_use]
pub fn is_of_client(path: &SitePath) -> bool {
    path.as_str().strip_prefix(WEB).is_some_and(|rest| rest.starts_with('/'))
}

/// Whether `path` is one of our own pictures.
pub(super) fn is_picture(path: &SitePath) -> bool {
    let below = path.as_str().strip_prefix(WEB).and_then(|rest| rest.strip_prefix('/'));
    below.and_then(|rest| rest.strip_prefix(PICTURES)).is_some_and(|rest| rest.starts_with('/'))
}

/// Whether `path` is the folder of our own pictures, which no package brings.
pub(super) fn is_folder(path: &SitePath) -> bool {
    pictures().is_ok_and(|pictures| pictures == *path)
}

/// The folder of our own pictures.
fn pictures() -> Result<SitePath, Error> {
    site_path(&format!("{WEB}/{PICTURES}"))
}
