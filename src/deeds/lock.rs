//! `lock`: sources fetched and pinned, and every picture made of them.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use super::making::{Making, Source, make};
use super::open::{Context, Opened, Trouble};
use super::project::{PICTURES_ADVICE, Refusal, asset, project};
use crate::artifact::sources;
use crate::brand::{Brand, is_link};
use crate::catalogue;
use crate::content::Content;
use crate::fault::{Fault, Finding};
use crate::host::fetch::{Fetched, Known, Policy, fetch};
use crate::host::{self, ProjectFiles, Root};
use crate::lock::{Difference, Lock, PicturePin, SourcePin, differences, kept_name};
use crate::path::{ProjectPath, SitePath};
use crate::plan::Picture;
use crate::plan::receipt::Receipt;
use crate::raster;
use crate::site::{Found, WEB};
use crate::value::Value;

/// The file.
const FILE: &str = "brand/brand.lock";

/// What is to become of the lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Locking {
    /// It is brought up to date; a source that changed on the network stays as it is pinned.
    Update,
    /// Sources that changed on the network are taken anew.
    Upgrade,
    /// Nothing is written: does it say what would be made?
    Check,
}

/// What `lock` came to.
pub struct Locked {
    /// How the lock differs from what it was.
    pub differences: Vec<Difference>,
    /// Sources that changed on the network and stay as they are pinned.
    pub changed: Vec<String>,
    /// The pictures as those sources would make them; none if they cannot be drawn.
    pub renewed: Option<Making>,
    /// Whether the file was written.
    pub written: bool,
    /// What upstream changed on the site below the root, and is accepted now.
    pub accepted: Vec<Finding>,
    /// The pictures, as they are now.
    pub making: Making,
    /// The lock as it is now.
    pub lock: Lock,
}

/// Brings the lock of the project up to date, as `locking` says. `progress` is told what is being fetched, how many
/// bytes came and how many there are.
///
/// # Errors
/// When a source cannot be read, fetched or drawn; the lock is then as it was.
pub fn lock(
    context: &Context,
    locking: Locking,
    progress: &mut dyn FnMut(&str, u64, Option<u64>),
) -> Result<Locked, Trouble> {
    let (project, brand, old) = project(context)?;
    let root = Root::open(&context.root)?;
    let old = old.unwrap_or_default();
    let is_networked = locking != Locking::Check && !context.offline;
    let mut pinning = Pinning {
        project: &project,
        old: &old,
        upgrade: locking == Locking::Upgrade,
        policy: is_networked.then(|| policy(&brand)),
        lock: Lock::default(),
        changed: HashMap::new(),
        fetched: HashMap::new(),
        faults: Vec::new(),
    };
    for (source, wish) in sources(&brand) {
        if let Err((message, hint)) = pinning.pin(source, progress) {
            pinning.faults.push(Fault { place: wish.place.clone(), message, hint });
        }
    }
    let Pinning { lock, changed, fetched, faults, .. } = pinning;
    if !faults.is_empty() {
        return Err(Trouble::Faults(faults));
    }
    // What is checked is made anew: a picture that is kept proves nothing.
    let context = Context { anew: locking == Locking::Check, ..context.clone() };
    let making = make(&context, &root, &project, &brand, Some(&lock), &fetched)?;
    // Only what pictures can be made of is kept.
    keep(&project.folder, &lock, &fetched)?;
    let renewed = || make(&context, &root, &project, &brand, Some(&lock), &changed).ok();
    let renewed = if changed.is_empty() { None } else { renewed() };
    let mut changed: Vec<String> = changed.into_keys().collect();
    changed.sort_unstable();
    let nothing = Lock::default();
    let lock = Lock { pictures: pins(&making, if context.anew { &nothing } else { &old }), ..lock };
    let differences = differences(&old, &lock);
    let written = locking != Locking::Check && (!differences.is_empty() || project.lock.is_none());
    if written {
        write(&project.folder, &lock)?;
        for file in superseded(&old, &lock) {
            host::remove_project_file(&project.folder, &file)?;
        }
    }
    let accepted = if locking == Locking::Upgrade { accept(&context)? } else { Vec::new() };
    Ok(Locked { differences, changed, renewed, written, accepted, making, lock })
}

/// Accepts what upstream changed under the brand of the site below the root; nothing where there is none.
///
/// # Errors
/// When the records cannot be read or written, or another run is at work.
pub fn accept(context: &Context) -> Result<Vec<Finding>, Trouble> {
    let root = &Root::open(&context.root)?;
    let has_news = |receipt: &Receipt| !receipt.news.is_empty();
    if !host::receipt(root)?.as_ref().is_some_and(has_news) {
        return Ok(Vec::new());
    }
    let lock = host::lock(root, context.patience, &mut |_| ())?;
    host::heal(root, &lock)?;
    let Some(mut receipt) = host::receipt(root)? else { return Ok(Vec::new()) };
    let accepted = std::mem::take(&mut receipt.news);
    receipt.accepted = None;
    host::record_anew(root, &lock, &receipt)?;
    Ok(accepted)
}

/// The files of sources that `old` had fetched and that `new` does not speak of.
fn superseded(old: &Lock, new: &Lock) -> Vec<ProjectPath> {
    let files = |lock: &Lock| -> Vec<ProjectPath> {
        lock.sources.values().filter_map(|pin| pin.file.clone()).collect()
    };
    let kept = files(new);
    let gone = files(old).into_iter().filter(|file| !kept.contains(file));
    gone.filter_map(|file| in_brand(&file)).collect()
}

/// What visitors of the site below the root see now: the files of upstream's that pictures take the place of, by their
/// names below the web client. Empty where there is no site.
#[must_use]
pub fn shown(context: &Context) -> BTreeMap<String, Content> {
    let names: Vec<String> = catalogue::pictures().flat_map(|fact| fact.shipped_as).collect();
    let paths = names.iter().filter_map(|name| SitePath::new(&format!("{WEB}/{name}")).ok());
    let site = Root::open(&context.root).and_then(|root| host::survey(&root, paths));
    let found = |found: Found| {
        let name = found.path.as_str().strip_prefix(WEB)?.trim_start_matches('/').to_owned();
        Some((name, found.bytes))
    };
    site.map(|site| site.others.into_values().filter_map(found).collect()).unwrap_or_default()
}

/// Keeps what was `fetched` in the project in `folder`, where `lock` says.
fn keep(folder: &Path, lock: &Lock, fetched: &HashMap<String, Content>) -> Result<(), Trouble> {
    for (source, bytes) in fetched {
        let file = lock.sources.get(source).and_then(|pin| in_brand(pin.file.as_ref()?));
        if let Some(file) = file {
            host::write_project_file(folder, &file, bytes, true)?;
        }
    }
    Ok(())
}

/// The path in the project of a file that is named relative to `brand/`.
fn in_brand(file: &ProjectPath) -> Option<ProjectPath> {
    ProjectPath::new(&format!("brand/{}", file.as_str())).ok()
}

/// Writes the lock of the project in `folder`.
pub(super) fn write(folder: &Path, lock: &Lock) -> Result<(), Trouble> {
    let file = ProjectPath::new(FILE)
        .map_err(|error| host::Error::Record { path: FILE.into(), reason: error.to_string() })?;
    Ok(host::write_project_file(folder, &file, lock.written().as_bytes(), true)?)
}

/// The pins of every picture. One that `old` has in these very bytes is not decoded again.
fn pins(making: &Making, old: &Lock) -> BTreeMap<String, PicturePin> {
    let pin = |picture: &Picture| {
        let (id, digest) = (picture.id(), picture.content.digest());
        let known = old.pictures.get(&id).filter(|pin| pin.digest == *digest);
        let pixels = known.and_then(|pin| pin.pixels.clone());
        let pin = PicturePin {
            recipe: making.recipe(picture),
            digest: digest.clone(),
            pixels: pixels.or_else(|| raster::pixels_digest(&picture.content).ok()),
            size: picture.content.len() as u64,
        };
        (id, pin)
    };
    making.pictures.iter().map(pin).collect()
}

fn policy(brand: &Brand) -> Policy {
    let allowed = brand.wish("fetch.allow-private-network", None).map(|wish| &wish.value);
    Policy { allow_private_network: allowed == Some(&Value::Bool(true)), ..Policy::default() }
}

/// The sources on their way into the lock.
struct Pinning<'p> {
    project: &'p ProjectFiles,
    old: &'p Lock,
    upgrade: bool,
    /// What is allowed on the network; none to leave it alone.
    policy: Option<Policy>,
    lock: Lock,
    /// Sources that changed, with what the network has.
    changed: HashMap<String, Content>,
    /// What was fetched and is pinned, and not yet in the project.
    fetched: HashMap<String, Content>,
    faults: Vec<Fault>,
}

impl Pinning<'_> {
    fn pin(&mut self, source: &str, progress: &mut dyn FnMut(&str, u64, Option<u64>)) -> Result<(), Refusal> {
        let pin = if is_link(source) { self.link(source, progress)? } else { self.file(source)? };
        self.lock.sources.insert(source.to_owned(), pin);
        Ok(())
    }

    fn file(&self, source: &str) -> Result<SourcePin, Refusal> {
        Ok(pin_of(&asset(self.project, source, PICTURES_ADVICE)?))
    }

    fn link(
        &mut self,
        source: &str,
        progress: &mut dyn FnMut(&str, u64, Option<u64>),
    ) -> Result<SourcePin, Refusal> {
        let pinned = self.old.sources.get(source).filter(|pin| self.is_kept(pin)).cloned();
        let Some(policy) = &self.policy else {
            let hint =
                "run `rebrand lock` where the network can be reached, and commit what it keeps in `brand/`";
            return pinned.ok_or_else(|| (format!("`{source}` was never fetched"), Some(hint.to_owned())));
        };
        let known = pinned.as_ref().map_or(Known::default(), |pin| Known {
            etag: pin.etag.as_deref(),
            last_modified: pin.last_modified.as_deref(),
        });
        let fetched = fetch(source, policy, known, &mut |came, all| progress(source, came, all));
        let fetched = match (fetched, &pinned) {
            (Ok(fetched), _) => fetched,
            // What is pinned is there; only an upgrade has to reach the network.
            (Err(_), Some(_)) if !self.upgrade => Fetched::Unchanged,
            (Err(error), _) => return Err((error.to_string(), error.hint().map(str::to_owned))),
        };
        match (fetched, pinned) {
            (Fetched::Unchanged, Some(pin)) => Ok(pin),
            (Fetched::Unchanged, None) => Err((format!("`{source}` sent nothing"), None)),
            (Fetched::Bytes { bytes, etag, last_modified, .. }, pinned) => {
                let bytes = Content::from(bytes);
                match pinned {
                    Some(pin) if pin.digest != *bytes.digest() && !self.upgrade => {
                        self.changed.insert(source.to_owned(), bytes);
                        Ok(pin)
                    }
                    _ => self.kept(source, bytes, etag, last_modified),
                }
            }
        }
    }

    /// Whether the bytes that `pin` speaks of are in the project.
    fn is_kept(&self, pin: &SourcePin) -> bool {
        let read = |file: &ProjectPath| host::read_asset(self.project, file).ok();
        pin.file.as_ref().and_then(read).is_some_and(|bytes| *bytes.digest() == pin.digest)
    }

    /// The pin of what came from the network, which the project is to keep.
    fn kept(
        &mut self,
        source: &str,
        bytes: Content,
        etag: Option<String>,
        last_modified: Option<String>,
    ) -> Result<SourcePin, Refusal> {
        let kind = raster::kind(&bytes).map_err(|error| (format!("`{source}` {error}"), None))?;
        let name = kept_name(source, bytes.digest(), &kind.to_string().to_lowercase());
        let file = ProjectPath::new(&name).map_err(|error| (error.to_string(), None))?;
        let pin = SourcePin { file: Some(file), etag, last_modified, ..pin_of(&bytes) };
        self.fetched.insert(source.to_owned(), bytes);
        Ok(pin)
    }
}

/// Refuses a lock that does not say what was made.
pub(super) fn refuse_stale(lock: Option<&Lock>, making: &Making) -> Result<(), Trouble> {
    let old = lock.cloned().unwrap_or_default();
    let Some(first) = making.pictures.first() else { return Ok(()) };
    let fault = |difference: Difference| Fault {
        place: first.artifact.wish.place.clone(),
        message: format!("the lock is stale: {difference}"),
        hint: Some("`rebrand lock` brings it up to date".to_owned()),
    };
    let faults: Vec<Fault> = differences(&old, &relocked(&old, making)).into_iter().map(fault).collect();
    if faults.is_empty() { Ok(()) } else { Err(Trouble::Faults(faults)) }
}

/// Brings the lock of `opened` up to date with the files of the project that its pictures were made of.
pub(super) fn relock(opened: &Opened) -> Result<(), Trouble> {
    let Some((folder, lock)) = &opened.project else { return Ok(()) };
    let old = lock.clone().unwrap_or_default();
    let new = relocked(&old, &opened.making);
    if differences(&old, &new).is_empty() { Ok(()) } else { write(folder, &new) }
}

/// `old` with the pins of what was made. What came from the network stays as it is pinned.
fn relocked(old: &Lock, making: &Making) -> Lock {
    let pin = |(source, Source { bytes, .. }): (&String, &Source)| {
        let kept = old.sources.get(source).filter(|pin| pin.file.is_some()).cloned();
        (source.clone(), kept.unwrap_or_else(|| pin_of(bytes)))
    };
    Lock { sources: making.read.iter().map(pin).collect(), pictures: pins(making, old) }
}

/// The pin of a file of the project.
fn pin_of(bytes: &Content) -> SourcePin {
    let (digest, size) = (bytes.digest().clone(), bytes.len() as u64);
    SourcePin { file: None, digest, size, etag: None, last_modified: None }
}
