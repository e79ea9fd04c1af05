//! The project's folder, the terminal, and the environment.

use std::ffi::OsString;
use std::fs;
use std::io::{self, BufRead as _, IsTerminal as _, Write as _};
use std::os::fd::AsFd;
use std::path::{Path, PathBuf};

use rustix::fs::OFlags;

use super::durable::sync_folder;
use super::error::{At, Error};
use super::files::{folder_of, make_folders, place};
use super::root::read_file;
use super::trust::trust;
use crate::content::Content;
use crate::path::ProjectPath;

/// The most that is read of one file of a project, in bytes.
const MOST: u64 = 32 << 20;

/// The files of a project that say what is wanted.
#[derive(Clone, Debug)]
pub struct ProjectFiles {
    /// Its folder.
    pub folder: PathBuf,
    /// `brand/brand.toml`, if there is one.
    pub brand: Option<(ProjectPath, Vec<u8>)>,
    /// `brand/brand.lock`, if there is one.
    pub lock: Option<(ProjectPath, Vec<u8>)>,
    /// `patches/*.toml` and `patches/*.patch`, by name.
    pub patches: Vec<(ProjectPath, Vec<u8>)>,
    /// The user beside root whose files are trusted.
    trusted: Option<u32>,
}

/// The folder of the project: `explicit`, else the current folder or the next one above it that is one, else
/// `/etc/rebrand` below `root`, else that of this machine.
///
/// # Errors
/// When none of them is one.
pub fn find_project(explicit: Option<&Path>, root: &Path) -> Result<PathBuf, Error> {
    if let Some(folder) = explicit {
        let is_meant = is_project(folder) || !patch_names(folder).unwrap_or_default().is_empty();
        return if is_meant { Ok(folder.to_owned()) } else { Err(Error::NoProject(folder.to_owned())) };
    }
    let current = std::env::current_dir().at("find", Path::new("."))?;
    let authorities = [root.join(AUTHORITY), Path::new("/").join(AUTHORITY)];
    let above = current.ancestors().filter(|folder| is_project_around(folder, &current));
    let found = above
        .map(Path::to_owned)
        .chain(authorities.iter().filter(|folder| is_project(folder)).cloned())
        .next();
    found.ok_or_else(|| Error::NoProjectAround { folder: current, authority: authorities[0].clone() })
}

/// Where the brand of a machine lies, below its root.
pub const AUTHORITY: &str = "etc/rebrand";

/// Whether `folder` is a project around `current`, which is it or lies below. Folders called `patches` are common, so
/// from elsewhere below only a brand shows that one is a project.
fn is_project_around(folder: &Path, current: &Path) -> bool {
    let is_of_project = ["brand", "patches"].iter().any(|name| current.starts_with(folder.join(name)));
    if current == folder || is_of_project { is_project(folder) } else { folder.join(BRAND).is_file() }
}

/// The path `to` as it is written where the person is, shortest first; as it stands where that is no shorter.
#[must_use]
pub fn seen_from_here(to: &Path) -> PathBuf {
    let Some(here) = std::env::current_dir().ok().filter(|_| to.is_absolute()) else { return to.to_owned() };
    // One step up leads to the folder above only where this is the real path, as the current folder's is.
    let real = fs::canonicalize(to).unwrap_or_else(|_| to.to_owned());
    if let Ok(below) = real.strip_prefix(&here) {
        return below.to_owned();
    }
    let parts = here.ancestors().enumerate().skip(1).take(MOST_UP);
    // The root of everything is above whatever is elsewhere.
    let mut parts = parts.filter(|(_, above)| above.parent().is_some_and(|next| next.parent().is_some()));
    let found = parts.find_map(|(up, above)| Some((up, real.strip_prefix(above).ok()?.to_owned())));
    found.map_or_else(
        || to.to_owned(),
        |(up, below)| std::iter::repeat_n("..", up).collect::<PathBuf>().join(below),
    )
}

/// How many folders up a path is still easier to read than from the root.
const MOST_UP: usize = 3;
/// The brand's file.
const BRAND: &str = "brand/brand.toml";

/// Whether `folder` says what is wanted.
#[must_use]
pub fn is_project(folder: &Path) -> bool {
    // Folders called `patches` are common; only wishes in one make a project.
    let typed = || names_in(&folder.join("patches"), |name| is_file_of(name, "toml"));
    folder.join(BRAND).is_file() || typed().is_ok_and(|names| !names.is_empty())
}

/// Whether both paths lead to the same folder.
#[must_use]
pub fn is_same_folder(one: &Path, other: &Path) -> bool {
    let [one, other] = [one, other].map(|path| fs::canonicalize(path).ok());
    one.is_some() && one == other
}

/// Reads the project in `folder`. A run as root reads none that others could change, but for who called `sudo`; an
/// `unattended` one does not ask who did.
///
/// # Errors
/// When a file cannot be read or trusted.
pub fn read_project(folder: &Path, unattended: bool) -> Result<ProjectFiles, Error> {
    let folder = fs::canonicalize(folder).at("open", folder)?;
    let sudo = || std::env::var("SUDO_UID").ok().and_then(|uid| uid.parse().ok());
    let trusted = if unattended { None } else { sudo() };
    trust(&folder, &folder, trusted)?;
    let brand = read_if_there(&folder, "brand/brand.toml", trusted)?;
    let lock = read_if_there(&folder, "brand/brand.lock", trusted)?;
    let mut patches = Vec::new();
    for name in patch_names(&folder)? {
        patches.extend(read_if_there(&folder, &format!("patches/{name}"), trusted)?);
    }
    Ok(ProjectFiles { folder, brand, lock, patches, trusted })
}

/// The bytes of a source picture, which `brand.toml` names relative to `brand/`.
///
/// # Errors
/// When it is not there, is no file, is too large, or leads out of the project.
pub fn read_asset(project: &ProjectFiles, source: &ProjectPath) -> Result<Content, Error> {
    let path = project.folder.join("brand").join(source.as_str());
    let real = fs::canonicalize(&path).at("read", &path)?;
    if !real.starts_with(&project.folder) {
        return Err(Error::LeadsOut { path, to: real });
    }
    trust(&project.folder, &real, project.trusted)?;
    let gone = || Error::Io { action: "read", path, source: io::ErrorKind::NotFound.into() };
    read_file(&real, MOST)?.map(Content::from).ok_or_else(gone)
}

/// The names of the files in `brand/` and the folders below it, as `brand.toml` would name them, sorted; as far as they
/// can be listed.
#[must_use]
pub fn asset_names(project: &ProjectFiles) -> Vec<String> {
    let brand = project.folder.join("brand");
    let (mut names, mut ahead) = (Vec::new(), vec![brand.clone()]);
    while let Some(folder) = ahead.pop().filter(|_| names.len() < MOST_NAMES) {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten().take(MOST_NAMES) {
            let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
            match entry.path().strip_prefix(&brand).ok().and_then(Path::to_str) {
                _ if is_folder => ahead.push(entry.path()),
                Some(name) => names.push(name.to_owned()),
                None => {}
            }
        }
    }
    names.sort_unstable();
    names
}

/// More names than anybody looks through.
const MOST_NAMES: usize = 1000;

/// The font files of the project, which lie beside its pictures, by their names.
///
/// # Errors
/// When one cannot be read or trusted.
pub fn fonts(project: &ProjectFiles) -> Result<Vec<Content>, Error> {
    let names = names_in(&project.folder.join("brand"), is_font)?;
    names
        .iter()
        .filter_map(|name| ProjectPath::new(name).ok())
        .map(|name| read_asset(project, &name))
        .collect()
}

/// Removes a file of the project in `folder`, if it is there.
///
/// # Errors
/// When it cannot be removed.
pub fn remove_project_file(folder: &Path, path: &ProjectPath) -> Result<(), Error> {
    let full = folder.join(path.as_str());
    match fs::remove_file(&full) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        done => done.at("remove", &full),
    }
}

/// Writes a file of the project in `folder`; one that is there is not replaced unless `replace`.
///
/// # Errors
/// When it is there already, or cannot be written.
pub fn write_project_file(
    folder: &Path,
    path: &ProjectPath,
    bytes: &[u8],
    replace: bool,
) -> Result<(), Error> {
    let full = folder.join(path.as_str());
    if !replace && full.exists() {
        return Err(Error::Exists(full));
    }
    let mut made = make_folders(&folder.join(path.name()))?;
    let inside = fs::canonicalize(folder).at("open", folder)?;
    let above = full.ancestors().skip(1).find_map(|above| fs::canonicalize(above).ok());
    if let Some(to) = above.filter(|above| !above.starts_with(&inside)) {
        return Err(Error::LeadsOut { path: full, to });
    }
    made.extend(make_folders(&full)?);
    place(&full, bytes)?;
    made.push(full);
    made.iter().try_for_each(|name| sync_folder(folder_of(name)))
}

/// Writes a file that the user named, whole or not at all.
///
/// # Errors
/// When it cannot be written, or something is there that does not begin as `bytes` do.
pub fn write_named(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    if let Some(old) = read_file(path, MOST)?
        && !old.is_empty()
        && old.get(..KIND) != bytes.get(..KIND)
    {
        return Err(Error::Exists(path.to_owned()));
    }
    place(path, bytes)
}

/// How many bytes tell that two files are of one kind.
const KIND: usize = 15;

/// A new empty folder for the demo.
///
/// # Errors
/// When it cannot be made.
pub fn scratch(name: &str) -> Result<PathBuf, Error> {
    let base = std::env::temp_dir();
    for attempt in 0..1000_u32 {
        let folder = base.join(format!("{name}-{}-{attempt}", std::process::id()));
        match fs::create_dir(&folder) {
            Ok(()) => return Ok(folder),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(source) => return Err(Error::Io { action: "make", path: folder, source }),
        }
    }
    Err(Error::Exists(base.join(name)))
}

/// Removes a folder that `scratch` made, with everything in it.
///
/// # Errors
/// When something in it cannot be removed.
pub fn remove_scratch(folder: &Path) -> Result<(), Error> {
    fs::remove_dir_all(folder).at("remove", folder)
}

/// The words of the command line, the name of the program first.
#[must_use]
pub fn arguments() -> Vec<OsString> {
    std::env::args_os().collect()
}

/// Whether a person can be asked: both ends are terminals.
#[must_use]
pub fn is_terminal() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// Whether what is `open` was opened to be written.
#[must_use]
pub fn is_writable(open: impl AsFd) -> bool {
    rustix::fs::fcntl_getfl(open).is_ok_and(|flags| flags.intersects(OFlags::WRONLY | OFlags::RDWR))
}

/// Asks a person `question`; only `y` and `yes` are a yes.
#[must_use]
pub fn ask(question: &str) -> bool {
    let mut error = io::stderr();
    if write!(error, "{question} [y/N] ").and_then(|()| error.flush()).is_err() {
        return false;
    }
    let mut answer = String::new();
    let read = io::stdin().lock().read_line(&mut answer);
    read.is_ok() && matches!(answer.trim(), "y" | "Y" | "yes")
}

fn is_patch(name: &str) -> bool {
    is_file_of(name, "toml") || is_file_of(name, "patch")
}

fn is_font(name: &str) -> bool {
    ["ttf", "otf", "ttc"].iter().any(|kind| is_file_of(&name.to_ascii_lowercase(), kind))
}

fn is_file_of(name: &str, kind: &str) -> bool {
    Path::new(name).extension().is_some_and(|extension| extension == kind) && !name.starts_with('.')
}

fn read_if_there(
    folder: &Path,
    name: &str,
    trusted: Option<u32>,
) -> Result<Option<(ProjectPath, Vec<u8>)>, Error> {
    let path = folder.join(name);
    let real = match behind_links(folder, &path) {
        // A link to nothing is a mistake.
        Err(_) if fs::symlink_metadata(&path).is_err() => return Ok(None),
        real => real.at("read", &path)?,
    };
    if !real.starts_with(folder) {
        return Err(Error::LeadsOut { path, to: real });
    }
    trust(folder, &real, trusted)?;
    let Some(bytes) = read_file(&real, MOST)? else { return Ok(None) };
    let path =
        ProjectPath::new(name).map_err(|error| Error::Record { path: real, reason: error.to_string() })?;
    Ok(Some((path, bytes)))
}

/// What `path` stands for, which is named below the real folder `folder`.
fn behind_links(folder: &Path, path: &Path) -> io::Result<PathBuf> {
    for path in path.ancestors().take_while(|path| *path != folder) {
        if fs::symlink_metadata(path)?.is_symlink() {
            return fs::canonicalize(path);
        }
    }
    Ok(path.to_owned())
}

/// The names of the patch files of the project in `folder`, sorted.
fn patch_names(folder: &Path) -> Result<Vec<String>, Error> {
    names_in(&folder.join("patches"), is_patch)
}

/// The names in `folder` that are `wanted`, sorted; none if it is not there.
fn names_in(folder: &Path, wanted: fn(&str) -> bool) -> Result<Vec<String>, Error> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.at("list", folder)?,
    };
    let mut names = Vec::new();
    for entry in entries {
        names.extend(entry.at("list", folder)?.file_name().into_string());
    }
    names.retain(|name| wanted(name));
    names.sort_unstable();
    Ok(names)
}
