//! The project: its brand, its patches and its lock, read whole, with every fault of every file told at once.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::open::{Context, Trouble};
use crate::brand::{Brand, Kind};
use crate::content::Content;
use crate::fault::{Fault, Finding, Level, Place};
use crate::host::{self, ProjectFiles, Root};
use crate::lock::Lock;
use crate::patch::{DiffFile, PatchFile};
use crate::path::ProjectPath;
use crate::text::{Span, Text};
use crate::toml::nearest;

pub(super) use crate::host::AUTHORITY;

/// What the project's files say.
pub(super) struct Wanted {
    pub(super) brand: Brand,
    pub(super) patches: Vec<PatchFile>,
    pub(super) diffs: Vec<DiffFile>,
    pub(super) lock: Option<Lock>,
}

/// The folder of the project that is named or found.
///
/// # Errors
/// When there is none.
pub(super) fn find(context: &Context) -> Result<PathBuf, host::Error> {
    host::find_project(context.project.as_deref(), &context.root)
}

/// How the places that a run tells are called where the person is.
#[derive(Clone, Debug)]
pub struct Whereabouts {
    /// The folder of the project, if there is one.
    pub project: Option<PathBuf>,
    /// The root.
    pub root: PathBuf,
    /// Whether the project lies elsewhere than the person is and has named.
    pub is_elsewhere: bool,
}

/// The whereabouts of a run.
#[must_use]
pub fn whereabouts(context: &Context) -> Whereabouts {
    let project = find(context).ok();
    let is_here =
        |folder: &PathBuf| context.project.is_some() || host::is_same_folder(folder, Path::new("."));
    let is_elsewhere = project.as_ref().is_some_and(|folder| !is_here(folder));
    Whereabouts { project, root: context.root.clone(), is_elsewhere }
}

impl Whereabouts {
    /// `place` with the file as a shell opens it here. The files of a project are named in it, the site's below the root.
    #[must_use]
    pub fn name(&self, place: &Place) -> Place {
        let is_of_project = ["brand/", "patches/"].iter().any(|folder| place.file.starts_with(folder));
        let folder = if is_of_project { self.project.as_ref() } else { Some(&self.root) };
        let file = folder.map(|folder| {
            host::seen_from_here(&folder.join(place.file.trim_start_matches('/'))).display().to_string()
        });
        Place { file: file.unwrap_or_else(|| place.file.clone()), ..place.clone() }
    }
}

/// The project's files, and what they say.
pub(super) fn read(context: &Context) -> Result<(ProjectFiles, Wanted), Trouble> {
    let project = host::read_project(&find(context)?, context.only_made)?;
    let wanted = wanted(&project)?;
    Ok((project, wanted))
}

/// Why runs that nobody started do not follow `project` on the machine itself; none if they do.
pub(super) fn unfollowed(root: &Root, project: &ProjectFiles) -> Option<Finding> {
    let authority = root.folder().join(AUTHORITY);
    let (message, hint) = match host::read_project(&authority, true) {
        Ok(followed) if followed.folder == project.folder => return None,
        Err(error @ host::Error::Untrusted { .. }) if host::is_same_folder(&authority, &project.folder) => {
            (format!("unattended runs do not follow this project: {error}"), error.hint().unwrap_or_default())
        }
        _ => (
            format!(
                "unattended runs read `/etc/rebrand` alone, and this project is `{}`",
                project.folder.display()
            ),
            "put it, or a clone of it, into /etc/rebrand, and upgrades keep the brand in force".to_owned(),
        ),
    };
    Some(Finding::new(Level::Warning, message).hint(hint))
}

/// The project alone: its files, its brand and its lock.
pub(super) fn project(context: &Context) -> Result<(ProjectFiles, Brand, Option<Lock>), Trouble> {
    let (project, Wanted { brand, lock, .. }) = read(context)?;
    Ok((project, brand, lock))
}

/// The files that the brand names and that are no pictures, by their names in it.
pub(super) fn sources(project: &ProjectFiles, brand: &Brand) -> Result<BTreeMap<String, Content>, Trouble> {
    let (mut sources, mut faults) = (BTreeMap::new(), Vec::new());
    for wish in brand.wishes.iter().filter(|wish| wish.key.kind == Kind::File) {
        let name = wish.value.as_str().unwrap_or_default();
        let place = wish.wish.place.clone();
        match asset(project, name, "put the file into `brand/` and name it from there") {
            // A full disk leaves such a file, and a wish that nothing carries is no wish in force.
            Ok(bytes) if bytes.trim_ascii().is_empty() => {
                let hint = Some("bring its content back, or take the line out".to_owned());
                faults.push(Fault { place, message: format!("`{name}` is empty"), hint });
            }
            Ok(bytes) => {
                sources.insert(name.to_owned(), bytes);
            }
            Err((message, hint)) => faults.push(Fault { place, message, hint }),
        }
    }
    if faults.is_empty() { Ok(sources) } else { Err(Trouble::Faults(faults)) }
}

/// The bytes of the file that the brand calls `name`, else what is wrong with it and how to mend that; `advice` says
/// where such a file belongs.
pub(super) fn asset(project: &ProjectFiles, name: &str, advice: &str) -> Result<Content, Refusal> {
    let path = ProjectPath::new(name).map_err(|error| (error.to_string(), Some(advice.to_owned())))?;
    host::read_asset(project, &path).map_err(|error| {
        let is_elsewhere = match &error {
            host::Error::Io { source, .. } => source.kind() == ErrorKind::NotFound,
            host::Error::NotAFile(_) | host::Error::LeadsOut { .. } => true,
            _ => false,
        };
        let meant = if is_elsewhere { meant(name, &host::asset_names(project)) } else { None };
        let hint = match meant {
            Some(meant) => Some(format!("did you mean `{meant}`? {advice}")),
            None if is_elsewhere => Some(advice.to_owned()),
            None => error.hint(),
        };
        (error.to_string(), hint)
    })
}

/// The one of `names` that `name` most likely was to be: the same in another case or folder, or one of nearly its name.
fn meant(name: &str, names: &[String]) -> Option<String> {
    let bare = |name: &str| name.rsplit('/').next().unwrap_or(name).to_lowercase();
    let inside = name.strip_prefix("brand/").unwrap_or(name);
    let is_same = |other: &&String| other.eq_ignore_ascii_case(inside);
    let is_same_elsewhere = |other: &&String| bare(other) == bare(name);
    let found = names.iter().find(is_same).or_else(|| names.iter().find(is_same_elsewhere));
    found.cloned().or_else(|| nearest(inside, names.iter().map(String::as_str)).map(ToOwned::to_owned))
}

/// What is wrong, and how to mend it if that is known.
pub(super) type Refusal = (String, Option<String>);

/// Where pictures belong.
pub(super) const PICTURES_ADVICE: &str = "paths of pictures are relative to the folder `brand/`";

/// Reads what the project's files say; every fault of every file is told.
fn wanted(project: &ProjectFiles) -> Result<Wanted, Trouble> {
    let mut faults = Vec::new();
    let mut brand = Brand::default();
    if let Some((path, bytes)) = &project.brand
        && let Some(text) = text(path, bytes, &mut faults)
    {
        match Brand::parse(path.as_str(), &text) {
            Ok(read) => brand = read,
            Err(found) => faults.extend(found),
        }
    }
    let (mut patches, mut diffs) = (Vec::new(), Vec::new());
    for (path, bytes) in &project.patches {
        let Some(text) = text(path, bytes, &mut faults) else { continue };
        let read = if path.as_str().strip_suffix(".toml").is_some() {
            PatchFile::parse(path.as_str(), &text).map(|read| patches.push(read))
        } else {
            DiffFile::parse(path.as_str(), &text).map(|read| diffs.push(read))
        };
        faults.extend(read.err().into_iter().flatten());
    }
    let mut lock = None;
    if let Some((path, bytes)) = &project.lock
        && let Some(text) = text(path, bytes, &mut faults)
    {
        match Lock::parse(path.as_str(), &text) {
            Ok(read) => lock = Some(read),
            Err(found) => faults.extend(found),
        }
    }
    if faults.is_empty() { Ok(Wanted { brand, patches, diffs, lock }) } else { Err(Trouble::Faults(faults)) }
}

fn text(path: &ProjectPath, bytes: &[u8], faults: &mut Vec<Fault>) -> Option<Text> {
    Text::from_bytes(bytes)
        .map_err(|error| {
            let line = Text::from(String::from_utf8_lossy(bytes).into_owned());
            let at = Span::empty(line.line_start(error.line));
            let place = crate::fault::Place::of(path.as_str(), &line, at);
            let hint = Some("save the file as UTF-8".to_owned());
            faults.push(Fault { place, message: format!("`{path}` {error}"), hint });
        })
        .ok()
}
