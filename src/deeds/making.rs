//! Making the pictures of a brand: from its sources and recipes to bytes, each made once.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::open::{Context, Trouble};
use super::project::{PICTURES_ADVICE, asset};
use crate::artifact::{Artifact, Part, artifacts, sample, sources};
use crate::brand::{Brand, is_link};
use crate::content::Content;
use crate::digest::Digest;
use crate::edit::Wish;
use crate::fault::{Fault, Finding};
use crate::ground::{ground, notices};
use crate::host::{self, Made, ProjectFiles, Root};
use crate::lock::Lock;
use crate::plan::Picture;
use crate::raster::{self, Colour, Effort, Fit, Job, Kind, Remark};

/// Every picture of a brand.
#[derive(Default)]
pub struct Making {
    /// The pictures, in the order of the catalogue.
    pub pictures: Vec<Picture>,
    /// What to know about the grounds that they stand on.
    pub findings: Vec<Finding>,
    /// Each part that they are made of, by the digest of how it is made.
    pub(super) parts: BTreeMap<Digest, Made>,
    /// The sources that are there, by their names in the brand.
    pub(super) read: HashMap<String, Source>,
}

/// A source, and what else decides what its pictures look like.
#[derive(Clone, Default)]
pub(super) struct Source {
    pub(super) bytes: Content,
    /// The brand's fonts, for a drawing that has text.
    fonts: Vec<Content>,
}

impl Making {
    /// What `picture` is known by: what its parts are.
    pub(super) fn recipe(&self, picture: &Picture) -> Digest {
        self.recipe_of(&picture.artifact)
    }

    fn recipe_of(&self, artifact: &Artifact) -> Digest {
        let digest = |part: &Part| self.read.get(&part.source).map(|source| recipe_digest(source, part));
        let parts: Vec<Digest> = artifact.parts.iter().filter_map(digest).collect();
        match parts.as_slice() {
            [single] => single.clone(),
            several => {
                Digest::of(several.iter().map(Digest::as_str).collect::<Vec<_>>().join(" ").as_bytes())
            }
        }
    }

    fn is_drawing(&self, source: &str) -> bool {
        let kind = self.read.get(source).map(|source| raster::kind(&source.bytes));
        matches!(kind, Some(Ok(Kind::Svg)))
    }

    fn part(&self, part: &Part) -> Option<&Made> {
        self.parts.get(&recipe_digest(self.read.get(&part.source)?, part))
    }

    /// The picture `artifact`, if all its parts were made.
    fn assembled(&self, artifact: Artifact) -> Option<Picture> {
        let parts: Vec<&Made> = artifact.parts.iter().map(|part| self.part(part)).collect::<Option<_>>()?;
        let content = match parts.as_slice() {
            [single] => single.content.clone(),
            several => {
                let icons: Vec<&[u8]> = several.iter().map(|made| &*made.content).collect();
                Content::from(raster::joined_icons(&icons)?)
            }
        };
        let mut remarks: Vec<Remark> = parts.iter().flat_map(|made| made.remarks.iter().cloned()).collect();
        if let Some(found) = self.faint(&artifact) {
            remarks.retain(|remark| !matches!(remark, Remark::Faint { .. }));
            remarks.extend(found);
        }
        Some(Picture { artifact, content, remarks })
    }

    /// Where `artifact` hardly shows, if that is elsewhere than its recipe says.
    fn faint(&self, artifact: &Artifact) -> Option<Vec<Remark>> {
        let part = artifact.parts.first().filter(|part| part.recipe.seen_on != artifact.seen_on)?;
        let sample = &self.part(&sample(&part.source))?.content;
        let share = |ground: &Colour| Some((*ground, raster::contrast(sample, *ground).ok()?));
        let shares = artifact.seen_on.iter().filter_map(share);
        Some(shares.filter_map(|(ground, share)| Remark::faint(0, ground, share)).collect())
    }
}

/// Makes the pictures of `brand`; what was made before below `root` is taken from there. A source that is among the
/// `others` has those bytes.
pub(super) fn make(
    context: &Context,
    root: &Root,
    project: &ProjectFiles,
    brand: &Brand,
    lock: Option<&Lock>,
    others: &HashMap<String, Content>,
) -> Result<Making, Trouble> {
    let mut faults = Vec::new();
    let read = read_sources(project, brand, lock, others, &mut faults);
    let read = with_fonts(project, read)?;
    let mut making = Making { read, ..Making::default() };
    let maker = Maker { context, root, brand };
    let mut artifacts = artifacts(brand, &|source| making.is_drawing(source));
    let named = artifacts.iter().flat_map(|artifact| &artifact.parts).map(|part| part.source.as_str());
    let samples: Vec<Part> = named.collect::<BTreeSet<_>>().into_iter().map(sample).collect();
    faults.extend(maker.make(samples.iter(), &mut making).into_iter().filter(|_| !context.only_made));
    if !faults.is_empty() {
        return Err(Trouble::Faults(faults));
    }
    making.findings = choose_grounds(brand, &making, &mut artifacts, lock.filter(|_| context.locked));
    let faults = maker.make(artifacts.iter().flat_map(|artifact| &artifact.parts), &mut making);
    if !faults.is_empty() {
        return Err(Trouble::Faults(faults));
    }
    making.pictures = artifacts.into_iter().filter_map(|artifact| making.assembled(artifact)).collect();
    Ok(making)
}

/// Gives each of the opaque `artifacts` its ground, and tells what to know of it. One that is `pinned` on its usual
/// ground stays there: a newer program alone changes no picture.
fn choose_grounds(
    brand: &Brand,
    making: &Making,
    artifacts: &mut [Artifact],
    pinned: Option<&Lock>,
) -> Vec<Finding> {
    let mut grounds = Vec::new();
    for artifact in artifacts {
        let pin = pinned.and_then(|lock| lock.pictures.get(&artifact.fact.id));
        let is_pinned = pin.is_some_and(|pin| pin.recipe == making.recipe_of(artifact));
        let Some(part) =
            artifact.parts.first_mut().filter(|part| !is_pinned && part.recipe.fit != Fit::Cover)
        else {
            continue;
        };
        let logo = making.part(&sample(&part.source));
        let showing = |colour| raster::visibility(&logo?.content, colour).ok();
        if let Some(ground) = ground(brand, &artifact.fact, &showing) {
            part.recipe.background = Some(ground.colour);
            grounds.push((&*part.source, &*artifact.fact.title, &artifact.wish.place, ground));
        }
    }
    notices(&grounds)
}

/// What makes parts.
struct Maker<'m> {
    context: &'m Context,
    root: &'m Root,
    brand: &'m Brand,
}

impl Maker<'_> {
    /// Makes `parts` that are not there yet, and takes those that were made before from where they are kept.
    fn make<'p>(&self, parts: impl Iterator<Item = &'p Part>, making: &mut Making) -> Vec<Fault> {
        let mut jobs: Vec<(&Part, Digest)> = Vec::new();
        for part in parts {
            let Some(source) = making.read.get(&part.source) else { continue };
            let recipe = recipe_digest(source, part);
            if making.parts.contains_key(&recipe) || jobs.iter().any(|(_, other)| *other == recipe) {
                continue;
            }
            match if self.context.anew { Ok(None) } else { host::made(self.root, &recipe) } {
                Ok(Some(made)) => {
                    making.parts.insert(recipe, made);
                }
                Ok(None) | Err(_) => jobs.push((part, recipe)),
            }
        }
        self.render(jobs, making)
    }

    /// Makes the parts of `jobs`, source by source.
    fn render(&self, jobs: Vec<(&Part, Digest)>, making: &mut Making) -> Vec<Fault> {
        let Maker { context, brand, .. } = self;
        let mut faults = Vec::new();
        let mut by_source: BTreeMap<&str, Vec<(&Part, Digest)>> = BTreeMap::new();
        for (part, recipe) in jobs {
            by_source.entry(part.source.as_str()).or_default().push((part, recipe));
        }
        for (source, jobs) in by_source {
            let Some(Source { bytes, fonts }) = making.read.get(source) else { continue };
            if context.only_made {
                faults.push(fault(
                    brand,
                    source,
                    "they were never made here",
                    Some("`rebrand apply` makes them"),
                ));
                continue;
            }
            let job = Job {
                recipes: jobs.iter().map(|(part, _)| part.recipe.clone()).collect(),
                effort: Effort::Thorough,
                fonts: fonts.iter().map(|font| font.to_vec()).collect(),
                threads: 0,
            };
            match host::render(context.worker.as_deref(), bytes, &job) {
                Ok(pictures) => {
                    let recipes = jobs.into_iter().map(|(_, recipe)| recipe);
                    making.parts.extend(recipes.zip(pictures));
                }
                Err(error) => faults.push(fault(brand, source, &error.to_string(), error.hint())),
            }
        }
        faults
    }
}

/// The bytes of every source that `brand` names. One of the network that was never fetched is not among them.
fn read_sources(
    project: &ProjectFiles,
    brand: &Brand,
    lock: Option<&Lock>,
    others: &HashMap<String, Content>,
    faults: &mut Vec<Fault>,
) -> HashMap<String, Content> {
    let mut read = HashMap::new();
    for (source, wish) in sources(brand) {
        if let Some(bytes) = others.get(source) {
            read.insert(source.to_owned(), bytes.clone());
            continue;
        }
        let file = if is_link(source) {
            let Some(file) = lock.and_then(|lock| lock.sources.get(source)).and_then(|pin| pin.file.as_ref())
            else {
                let hint = "`rebrand lock` fetches it; commit what it keeps in `brand/`";
                let message = format!("`{source}` was never fetched");
                faults.push(Fault { place: wish.place.clone(), message, hint: Some(hint.to_owned()) });
                continue;
            };
            file.as_str()
        } else {
            source
        };
        match asset(project, file, PICTURES_ADVICE) {
            Ok(bytes) => {
                read.insert(source.to_owned(), bytes);
            }
            Err((message, hint)) => faults.push(Fault { place: wish.place.clone(), message, hint }),
        }
    }
    read
}

/// Gives each drawing with text the fonts that the brand brings.
fn with_fonts(
    project: &ProjectFiles,
    read: HashMap<String, Content>,
) -> Result<HashMap<String, Source>, Trouble> {
    let has_text = |bytes: &Content| memchr::memmem::find(bytes, b"<text").is_some();
    let all = if read.values().any(has_text) { host::fonts(project)? } else { Vec::new() };
    let source = |(name, bytes): (String, Content)| {
        let fonts = if has_text(&bytes) { all.clone() } else { Vec::new() };
        (name, Source { bytes, fonts })
    };
    Ok(read.into_iter().map(source).collect())
}

/// What a part is known by: its source, the fonts, its recipe, and the way in which this version makes pictures.
pub(super) fn recipe_digest(source: &Source, part: &Part) -> Digest {
    let recipe = serde_json::to_string(&part.recipe).unwrap_or_default();
    let digests = [&source.bytes].into_iter().chain(&source.fonts).map(|content| content.digest().as_str());
    let digests: Vec<&str> = digests.collect();
    Digest::of(format!("{} {} {recipe}", raster::VERSION, digests.join(" ")).as_bytes())
}

fn fault(brand: &Brand, source: &str, error: &str, hint: Option<&str>) -> Fault {
    let wish: Option<&Wish> =
        sources(brand).into_iter().find(|(named, _)| *named == source).map(|(_, wish)| wish);
    let place = wish.map(|wish| wish.place.clone());
    Fault {
        place: place.unwrap_or_else(|| {
            crate::fault::Place::of("brand/brand.toml", &"".into(), crate::text::Span::empty(0))
        }),
        message: format!("failed to make pictures of `{source}`: {error}"),
        hint: hint.map(str::to_owned),
    }
}
