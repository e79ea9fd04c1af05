//! Making the pictures of a brand: from its sources and recipes to bytes, each made once.

use std::collections::{BTreeMap, HashMap};

use super::open::{Context, Trouble};
use super::project::{PICTURES_ADVICE, asset};
use crate::artifact::{Artifact, Part, artifacts, sources};
use crate::brand::{Brand, is_link};
use crate::content::Content;
use crate::digest::Digest;
use crate::edit::Wish;
use crate::fault::Fault;
use crate::host::{self, Made, ProjectFiles, Root};
use crate::lock::Lock;
use crate::plan::Picture;
use crate::raster::{self, Effort, Job, Kind};

/// Every picture of a brand.
#[derive(Default)]
pub struct Making {
    /// The pictures, in the order of the catalogue.
    pub pictures: Vec<Picture>,
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
        let digest = |part: &Part| self.read.get(&part.source).map(|source| recipe_digest(source, part));
        let parts: Vec<Digest> = picture.artifact.parts.iter().filter_map(digest).collect();
        match parts.as_slice() {
            [single] => single.clone(),
            several => {
                Digest::of(several.iter().map(Digest::as_str).collect::<Vec<_>>().join(" ").as_bytes())
            }
        }
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
    let is_drawing = |source: &str| {
        read.get(source).is_some_and(|source| raster::kind(&source.bytes).is_ok_and(|kind| kind == Kind::Svg))
    };
    let artifacts = artifacts(brand, &is_drawing);
    let mut making = Making::default();
    let mut jobs: Vec<(&Part, Digest)> = Vec::new();
    for artifact in &artifacts {
        for part in &artifact.parts {
            let Some(source) = read.get(&part.source) else { continue };
            let recipe = recipe_digest(source, part);
            if making.parts.contains_key(&recipe) || jobs.iter().any(|(_, other)| *other == recipe) {
                continue;
            }
            match if context.anew { Ok(None) } else { host::made(root, &recipe) } {
                Ok(Some(made)) => {
                    making.parts.insert(recipe, made);
                }
                Ok(None) | Err(_) => jobs.push((part, recipe)),
            }
        }
    }
    render(context, brand, &read, jobs, &mut making, &mut faults);
    making.pictures =
        artifacts.iter().filter_map(|artifact| assembled(artifact, &read, &making.parts)).collect();
    making.read = read;
    if faults.is_empty() { Ok(making) } else { Err(Trouble::Faults(faults)) }
}

/// Makes the parts of `jobs`, source by source.
fn render(
    context: &Context,
    brand: &Brand,
    read: &HashMap<String, Source>,
    jobs: Vec<(&Part, Digest)>,
    making: &mut Making,
    faults: &mut Vec<Fault>,
) {
    let mut by_source: BTreeMap<&str, Vec<(&Part, Digest)>> = BTreeMap::new();
    for (part, recipe) in jobs {
        by_source.entry(part.source.as_str()).or_default().push((part, recipe));
    }
    for (source, jobs) in by_source {
        let Some(Source { bytes, fonts }) = read.get(source) else { continue };
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

/// The picture `artifact`, if all its parts were made.
fn assembled(
    artifact: &Artifact,
    read: &HashMap<String, Source>,
    made: &BTreeMap<Digest, Made>,
) -> Option<Picture> {
    let part = |part: &Part| made.get(&recipe_digest(read.get(&part.source)?, part));
    let parts: Vec<&Made> = artifact.parts.iter().map(part).collect::<Option<_>>()?;
    let content = match parts.as_slice() {
        [single] => single.content.clone(),
        several => {
            let icons: Vec<&[u8]> = several.iter().map(|made| &*made.content).collect();
            Content::from(raster::joined_icons(&icons)?)
        }
    };
    let remarks = parts.iter().flat_map(|made| made.remarks.iter().cloned()).collect();
    Some(Picture { artifact: artifact.clone(), content, remarks })
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
