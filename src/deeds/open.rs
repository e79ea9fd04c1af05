//! What every deed starts with: the project read, the site surveyed, the records of earlier runs.

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;

use crate::brand::Brand;
use crate::content::Content;
use crate::digest::Digest;
use crate::fault::Fault;
use crate::host::{self, ProjectFiles, Root};
use crate::patch::PatchFile;
use crate::path::{ProjectPath, SitePath};
use crate::plan::receipt::Receipt;
use crate::plan::{Goal, Input, Picture, Plan, plan};
use crate::site::{PICTURES, Site, WEB};
use crate::text::{Span, Text};

/// Where a deed works, and how.
#[derive(Clone, Debug)]
pub struct Context {
    /// The project that was named; none to look for one.
    pub project: Option<PathBuf>,
    /// The folder that stands for `/`.
    pub root: PathBuf,
    /// Whether a package's file that was edited by hand is taken as it is.
    pub accept_base: bool,
    /// Whether hand edits of our keys are overwritten.
    pub overwrite_drift: bool,
}

/// Everything a plan is made from.
pub struct Opened {
    /// The root.
    pub root: Root,
    /// What is there.
    pub site: Site,
    /// What was done before.
    pub receipt: Option<Receipt>,
    /// Whether a run was interrupted.
    pub interrupted: bool,
    brand: Brand,
    patches: Vec<PatchFile>,
    pictures: Vec<Picture>,
    kept: HashMap<Digest, Content>,
    added: BTreeMap<SitePath, Content>,
    accept_base: bool,
    overwrite_drift: bool,
}

/// Why a deed could not start.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// The machine.
    #[error(transparent)]
    Host(#[from] host::Error),
    /// The project's files hold faults.
    #[error("the project holds {} fault(s)", .0.len())]
    Faults(Vec<Fault>),
}

/// Opens the site and the project.
///
/// # Errors
/// When either cannot be read, or the project holds faults: all of them, of all files.
pub fn open(context: &Context) -> Result<Opened, Trouble> {
    let root = Root::open(&context.root)?;
    let project = host::read_project(&host::find_project(context.project.as_deref())?)?;
    let (brand, patches, pictures) = wanted(&project)?;
    let opened = look(root, context, &pictures)?;
    Ok(Opened { brand, patches, pictures, ..opened })
}

/// Opens the site alone.
///
/// # Errors
/// When it cannot be read.
pub(super) fn open_site(root: Root, context: &Context) -> Result<Opened, Trouble> {
    look(root, context, &[])
}

/// Looks at the site until no other run has committed meanwhile: half of what it sees would be old, half new.
fn look(root: Root, context: &Context, pictures: &[Picture]) -> Result<Opened, Trouble> {
    let mut before = moment(&root)?;
    for _ in 0..MOST_LOOKS {
        let seen = look_once(root.clone(), context, pictures, &before);
        let after = moment(&root)?;
        if after == before {
            return seen;
        }
        before = after;
    }
    // Runs follow one another without a pause; what is seen is told as seen beside a run at work.
    let seen = look_once(root, context, pictures, &before)?;
    Ok(Opened { interrupted: true, ..seen })
}

/// How often a site is looked at that other runs change all the while.
const MOST_LOOKS: usize = 8;

/// Whether a run is at work or was interrupted, and then what the last one recorded. In this order: a run records
/// before it ends, so one that ends between the two is seen in its record.
fn moment(root: &Root) -> Result<(bool, Option<Receipt>), Trouble> {
    Ok((host::interrupted(root)?, host::receipt(root)?))
}

fn look_once(
    root: Root,
    context: &Context,
    pictures: &[Picture],
    (interrupted, receipt): &(bool, Option<Receipt>),
) -> Result<Opened, Trouble> {
    let site = host::survey(&root)?;
    let (interrupted, receipt) = (*interrupted, receipt.clone());
    let kept = host::kept(&root, receipt.as_ref())?;
    let added = host::added(&root, receipt.as_ref(), pictures.iter().map(|picture| &picture.path))?;
    let Context { accept_base, overwrite_drift, .. } = *context;
    let (brand, patches, pictures) = (Brand::default(), Vec::new(), Vec::new());
    Ok(Opened {
        root,
        site,
        receipt,
        interrupted,
        brand,
        patches,
        pictures,
        kept,
        added,
        accept_base,
        overwrite_drift,
    })
}

impl Opened {
    /// The plan that puts the brand in force.
    #[must_use]
    pub fn plan(&self) -> Plan {
        let Opened { brand, patches, pictures, .. } = self;
        plan(&self.input(Goal::Branded { brand, patches, pictures }))
    }

    /// The plan that gives everything back.
    #[must_use]
    pub fn plan_restore(&self) -> Plan {
        plan(&self.input(Goal::Shipped))
    }

    fn input<'o>(&'o self, goal: Goal<'o>) -> Input<'o> {
        Input {
            site: &self.site,
            receipt: self.receipt.as_ref(),
            kept: &self.kept,
            added: &self.added,
            goal,
            accept_base: self.accept_base,
            overwrite_drift: self.overwrite_drift,
        }
    }
}

type Wanted = (Brand, Vec<PatchFile>, Vec<Picture>);

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
    let mut patches = Vec::new();
    for (path, bytes) in &project.patches {
        let Some(text) = text(path, bytes, &mut faults) else { continue };
        match PatchFile::parse(path.as_str(), &text) {
            Ok(read) => patches.push(read),
            Err(found) => faults.extend(found),
        }
    }
    let pictures = pictures(project, &brand, &mut faults);
    if faults.is_empty() { Ok((brand, patches, pictures)) } else { Err(Trouble::Faults(faults)) }
}

fn text(path: &ProjectPath, bytes: &[u8], faults: &mut Vec<Fault>) -> Option<Text> {
    Text::from_bytes(bytes)
        .map_err(|error| {
            let line = Text::from(String::from_utf8_lossy(bytes).into_owned());
            let at = Span::empty(line.line_start(error.line));
            let place = crate::fault::Place::of(path.as_str(), &line, at);
            let hint = Some("save the file as UTF-8".to_owned());
            faults.push(Fault { place, message: error.to_string(), hint });
        })
        .ok()
}

/// The pictures of the brand that lie in its folder, under names that change with what they show.
fn pictures(project: &ProjectFiles, brand: &Brand, faults: &mut Vec<Fault>) -> Vec<Picture> {
    let mut pictures: Vec<Picture> = Vec::new();
    for (wish, source) in brand.wishes.iter().filter_map(|wish| Some((wish, wish.picture()?))) {
        if pictures.iter().any(|picture| picture.source == source) {
            continue;
        }
        let made = ProjectPath::new(source)
            .map_err(|error| error.to_string())
            .and_then(|path| host::read_asset(project, &path).map_err(|error| error.to_string()))
            .and_then(|bytes| picture(source, bytes).map_err(|error| error.to_string()));
        match made {
            Ok(picture) => pictures.push(picture),
            Err(message) => {
                let hint = Some("paths of pictures are relative to the folder `brand/`".to_owned());
                faults.push(Fault { place: wish.wish.place.clone(), message, hint });
            }
        }
    }
    pictures
}

fn picture(source: &str, bytes: Content) -> Result<Picture, crate::path::PathError> {
    let name = source.rsplit('/').next().unwrap_or(source);
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, "svg"));
    // The client writes the address unquoted into a style sheet.
    let plain = |text: &str| -> String {
        text.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '-' }).collect()
    };
    let served = format!("{PICTURES}/{}-{}.{}", plain(stem), bytes.digest().short(), plain(extension));
    let path = SitePath::new(&format!("{WEB}/{served}"))?;
    Ok(Picture { source: source.to_owned(), served, path, bytes })
}
