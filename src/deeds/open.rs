//! What every deed starts with: the project read, the site surveyed, the records of earlier runs.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::lock::refuse_stale;
use super::lost::keep_in_force;
use super::making::{Making, make};
use super::overlay::{refusal, settled};
use super::project::{Wanted, read, sources, unfollowed};
use crate::brand::{Brand, BrandWish};
use crate::content::Content;
use crate::digest::Digest;
use crate::fault::{Fault, Finding};
use crate::host::{self, Branded, BrandedFile, LastRun, Mode, Patience, Root, is_of_client};
use crate::lint;
use crate::lock::Lock;
use crate::patch::{DiffFile, FOLDERS, PatchFile};
use crate::path::SitePath;
use crate::plan::receipt::Receipt;
use crate::plan::{FilePlan, Goal, Input, News, Picture, Plan, earlier, givers, news, plan};
use crate::site::{Site, WEB};

/// Where a deed works, and how.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub struct Context {
    /// The project that was named; none to look for one.
    pub project: Option<PathBuf>,
    /// The folder that stands for `/`.
    pub root: PathBuf,
    /// The program that makes pictures in a process of its own; none to make them in this one.
    pub worker: Option<PathBuf>,
    /// Whether a lock that is not up to date is refused.
    pub locked: bool,
    /// Whether the network is left alone.
    pub offline: bool,
    /// Whether pictures that were made before are made again.
    pub anew: bool,
    /// Whether only pictures that were made before are used.
    pub only_made: bool,
    /// How long others are waited for.
    pub patience: Patience,
    /// Whether a package's file that was edited by hand is taken as it is.
    pub accept_base: bool,
    /// Whether hand edits of our keys are overwritten.
    pub overwrite_drift: bool,
}

impl Context {
    /// The site below `root`, with the project that is found, as a person works on it.
    #[must_use]
    pub fn new(root: PathBuf) -> Self {
        Context {
            project: None,
            root,
            worker: host::own_program(),
            locked: false,
            offline: false,
            anew: false,
            only_made: false,
            patience: Patience { dpkg: Duration::from_mins(1), own: Duration::ZERO },
            accept_base: false,
            overwrite_drift: false,
        }
    }
}

/// Everything a plan is made from.
#[expect(clippy::struct_excessive_bools, reason = "three are of the context, and are taken along")]
pub struct Opened {
    /// The root.
    pub root: Root,
    /// What is there.
    pub site: Site,
    /// How the branded files take their places; none where no package brought the site.
    pub mode: Option<Mode>,
    /// What was done before.
    pub receipt: Option<Receipt>,
    /// The last run that no person watched.
    pub last_run: Option<LastRun>,
    /// Whether a run was interrupted.
    pub interrupted: bool,
    brand: Brand,
    patches: Vec<PatchFile>,
    diffs: Vec<DiffFile>,
    pub(super) making: Making,
    /// Files that the brand names and that are no pictures.
    sources: BTreeMap<String, Content>,
    /// The folder of the project, and its lock.
    pub(super) project: Option<(PathBuf, Option<Lock>)>,
    kept: HashMap<Digest, Content>,
    /// What is to be told of the project on this site.
    concerns: Vec<Finding>,
    accept_base: bool,
    overwrite_drift: bool,
    /// Whether nobody is there who could mend a file.
    unattended: bool,
}

/// Why a deed could not start.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// The machine.
    #[error(transparent)]
    Host(#[from] host::Error),
    /// No web server answers, where one was asked.
    #[error(transparent)]
    Unreachable(#[from] host::fetch::FetchError),
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
    let (project, Wanted { brand, patches, diffs, lock }) = read(context)?;
    let sources = sources(&project, &brand)?;
    let making = make(context, &root, &project, &brand, lock.as_ref(), &HashMap::new())?;
    if context.locked {
        refuse_stale(lock.as_ref(), &making)?;
    }
    refuse_links(&root, &diffs)?;
    let asked: Vec<SitePath> = asked_for(&making.pictures, &diffs).collect();
    let mut opened = look(root, context, &asked, host::survey)?;
    let settled =
        opened.mode.map(|mode| settled(&opened.root, mode, &brand, context.only_made)).transpose()?;
    let (mode, other_mode) = settled.unzip();
    opened.mode = mode;
    opened.concerns.extend(other_mode.flatten());
    if opened.site.web_version.is_some() && opened.root.is_whole() {
        opened.concerns.extend(unfollowed(&opened.root, &project));
    }
    opened.concerns.extend(making.findings.iter().cloned());
    let project = Some((project.folder, lock));
    Ok(Opened { brand, patches, diffs, making, sources, project, ..opened })
}

/// Opens the site alone.
///
/// # Errors
/// When it cannot be read.
pub(super) fn open_site(root: Root, context: &Context) -> Result<Opened, Trouble> {
    open_site_with(root, context, [])
}

/// Opens the site alone, with the files of `paths` too.
///
/// # Errors
/// When it cannot be read.
pub(super) fn open_site_with(
    root: Root,
    context: &Context,
    paths: impl IntoIterator<Item = SitePath>,
) -> Result<Opened, Trouble> {
    look(root, context, &paths.into_iter().collect::<Vec<_>>(), host::survey)
}

/// Opens what is left of a site whose client is gone.
///
/// # Errors
/// When it cannot be read.
pub(super) fn open_remains(root: Root, context: &Context) -> Result<Opened, Trouble> {
    look(root, context, &[], host::survey_remains)
}

/// A way to look at a site, with files that every site may or may not have.
type Survey = fn(&Root, std::vec::IntoIter<SitePath>) -> Result<Site, host::Error>;

/// Looks at the site until no other run has committed meanwhile: half of what it sees would be old, half new.
fn look(root: Root, context: &Context, paths: &[SitePath], survey: Survey) -> Result<Opened, Trouble> {
    let mut before = moment(&root)?;
    for _ in 0..MOST_LOOKS {
        let seen = look_once(root.clone(), context, paths, survey, &before);
        let after = moment(&root)?;
        if after == before {
            return seen;
        }
        before = after;
    }
    // Runs follow one another without a pause; what is seen is told as seen beside a run at work.
    let seen = look_once(root, context, paths, survey, &before)?;
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
    paths: &[SitePath],
    survey: Survey,
    (interrupted, receipt): &(bool, Option<Receipt>),
) -> Result<Opened, Trouble> {
    let (interrupted, receipt) = (*interrupted, receipt.clone());
    let others: Vec<SitePath> = others(receipt.as_ref(), paths.iter().cloned()).collect();
    let site = survey(&root, others.into_iter())?;
    let kept = host::kept(&root, receipt.as_ref())?;
    let Context { accept_base, overwrite_drift, only_made: unattended, .. } = *context;
    let (brand, patches, diffs, making, sources) = Default::default();
    let mode = if host::is_packaged(&root)? { Some(host::mode_in_force(&root)?) } else { None };
    Ok(Opened {
        last_run: host::last_run(&root),
        root,
        site,
        mode,
        receipt,
        interrupted,
        brand,
        patches,
        diffs,
        making,
        sources,
        project: None,
        kept,
        concerns: Vec::new(),
        accept_base,
        overwrite_drift,
        unattended,
    })
}

/// Refuses diffs of files that links lead elsewhere. What is ours of the client is reached by links too.
fn refuse_links(root: &Root, diffs: &[DiffFile]) -> Result<(), Trouble> {
    let edited = diffs.iter().flat_map(|diff| &diff.patches);
    let paths = edited.filter_map(|patch| SitePath::new(&patch.path).ok()).filter(|path| !is_of_client(path));
    paths.into_iter().try_for_each(|path| Ok(root.stays_within(&path, &FOLDERS)?))
}

/// The files that a project asks for.
fn asked_for<'a>(pictures: &'a [Picture], diffs: &'a [DiffFile]) -> impl Iterator<Item = SitePath> + 'a {
    let edited = diffs.iter().flat_map(|diff| &diff.patches);
    let edited = edited.filter_map(|patch| SitePath::new(&patch.path).ok());
    pictures.iter().flat_map(Picture::paths).chain(edited)
}

/// The files beside those that every site has: written by earlier runs, asked for by browsers, or `paths`.
fn others(
    receipt: Option<&Receipt>,
    paths: impl IntoIterator<Item = SitePath>,
) -> impl Iterator<Item = SitePath> {
    let written = receipt.into_iter().flat_map(|receipt| receipt.files.keys()).cloned();
    let asked = lint::asked_for().into_iter().filter_map(|name| SitePath::new(&format!("{WEB}/{name}")).ok());
    written.chain(paths).chain(asked)
}

impl Opened {
    /// What upstream changed since the last run, by a plan for what is there now.
    #[must_use]
    pub fn news(&self, plan: &Plan) -> News {
        self.receipt.as_ref().map(|receipt| news(receipt, plan)).unwrap_or_default()
    }

    /// The same with another site.
    pub(super) fn with(self, site: Site) -> Self {
        Opened { site, ..self }
    }

    /// Looks at another root for the files that matter here.
    ///
    /// # Errors
    /// When there is no Jitsi Meet, or a file cannot be read.
    pub(super) fn survey(&self, root: &Root) -> Result<Site, Trouble> {
        let asked = asked_for(&self.making.pictures, &self.diffs);
        Ok(host::survey(root, others(self.receipt.as_ref(), asked))?)
    }

    /// The plan that puts the brand in force.
    #[must_use]
    pub fn plan(&self) -> Plan {
        let Opened { brand, patches, diffs, making: Making { pictures, .. }, sources, .. } = self;
        let mut plan = plan(&self.input(Goal::Branded { brand, patches, pictures, diffs, sources }));
        keep_in_force(&self.site, &mut plan);
        plan.findings.extend(self.concerns.iter().cloned());
        if self.mode == Some(Mode::Overlay) {
            plan.findings.extend(refusal(self, &plan));
        }
        plan
    }

    /// The plan that gives everything back.
    #[must_use]
    pub fn plan_restore(&self) -> Plan {
        plan(&self.input(Goal::Shipped))
    }

    /// The plan that puts the generation of `receipt` in force again, which held `files` of the client.
    #[must_use]
    pub fn plan_earlier(&self, receipt: &Receipt, files: &BTreeMap<SitePath, Content>) -> Plan {
        earlier(&self.input(Goal::Shipped), receipt, files)
    }

    /// The files that give up a wish which another file takes over by `plan`.
    pub(super) fn givers<'p>(&self, plan: &'p Plan) -> BTreeSet<&'p SitePath> {
        self.receipt.as_ref().map(|receipt| givers(receipt, plan)).unwrap_or_default()
    }

    /// Whether `base` is among what earlier runs kept, whole.
    pub(super) fn keeps(&self, base: &Content) -> bool {
        self.kept.contains_key(base.digest())
    }

    /// What of a packaged site is branded once `plan` is carried out, whose record is `receipt`.
    pub(super) fn branded(&self, plan: &Plan, receipt: &Receipt) -> Option<Branded> {
        let mode = self.mode?;
        let ours = plan.files.iter().filter(|file| receipt.files.contains_key(&file.path));
        let file = |file: &FilePlan| {
            let (path, shipped) = (file.path.clone(), file.base.clone());
            Some(BrandedFile { path, bytes: file.target.clone()?, shipped })
        };
        let files = ours.filter(|file| is_of_client(&file.path)).filter_map(file).collect();
        let is_late = self.givers(plan).into_iter().any(is_of_client);
        Some(Branded { mode, files, is_late })
    }

    /// Whether a path of the site does not lead to what `plan` has for it, though the bytes are there.
    #[must_use]
    pub fn is_out_of_place(&self, plan: &Plan) -> bool {
        let receipt = plan.receipt(self.receipt.as_ref(), false);
        let branded = self.branded(plan, &receipt);
        branded.is_some_and(|branded| host::is_out_of_place(&self.root, &branded).unwrap_or(false))
    }

    /// The folder of the project; none where only the site was opened.
    #[must_use]
    pub fn project_folder(&self) -> Option<&Path> {
        self.project.as_ref().map(|(folder, _)| folder.as_path())
    }

    /// The lines of the brand.
    pub(super) fn brand_wishes(&self) -> &[BrandWish] {
        &self.brand.wishes
    }

    /// How many wishes the project holds: lines of the brand, edits of patches, and diffs.
    #[must_use]
    pub fn wish_count(&self) -> usize {
        let edits: usize = self.patches.iter().map(|patch| patch.edits.len()).sum();
        let diffs: usize = self.diffs.iter().map(|diff| diff.patches.len()).sum();
        self.brand.wishes.len() + edits + diffs
    }

    fn input<'o>(&'o self, goal: Goal<'o>) -> Input<'o> {
        Input {
            site: &self.site,
            receipt: self.receipt.as_ref(),
            kept: &self.kept,
            accept_base: self.accept_base,
            overwrite_drift: self.overwrite_drift,
            is_unattended: self.unattended,
            goal,
        }
    }
}
