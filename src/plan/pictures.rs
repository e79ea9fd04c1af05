//! Pictures of the brand: put beside the client's own, or in the place of those whose names are fixed.

use super::make::{Goal, Input};
use super::placing::Placed;
use super::receipt::{BaseIs, FileReceipt, Whole};
use super::saying::OwnFiles;
use super::{Action, FilePlan};
use crate::artifact::Artifact;
use crate::base::Past;
use crate::content::Content;
use crate::digest::md5;
use crate::fault::{Finding, Level};
use crate::path::SitePath;
use crate::raster::Remark;
use crate::site::{Found, PICTURES, Shipped, WEB};

/// A picture that was made.
#[derive(Clone, Debug)]
pub struct Picture {
    /// What it is.
    pub artifact: Artifact,
    /// Its bytes.
    pub content: Content,
    /// What was noticed when it was made.
    pub remarks: Vec<Remark>,
}

impl Picture {
    /// What the client asks for, under a name that changes with what it shows: `images/rebrand/logo-0123456789.svg`.
    /// None for one whose names are fixed.
    #[must_use]
    pub fn served(&self) -> Option<String> {
        let stem = self.artifact.fact.served.as_deref()?;
        Some(format!("{PICTURES}/{stem}-{}.{}", self.content.digest().short(), self.artifact.extension()))
    }

    /// Its name in `brand.lock`: that of the catalogue, and where hosts have one each, the source's too.
    #[must_use]
    pub fn id(&self) -> String {
        let fact = &self.artifact.fact;
        if fact.is_named_by_keys() && self.artifact.is_of_a_host {
            format!("{}-{}", fact.id, self.content.digest().short())
        } else {
            fact.id.clone()
        }
    }

    /// What the owner should know of it: how it looks in the box of a logo matters for logos alone, and how it reads
    /// in a small size for the icons that have one.
    #[must_use]
    pub fn remarks(&self) -> Vec<&Remark> {
        let fact = &self.artifact.fact;
        let matters = |remark: &&Remark| match remark {
            Remark::Shape { .. } => fact.is_named_by_keys(),
            Remark::Illegible { size, .. } => fact.sides.contains(size),
            _ => true,
        };
        self.remarks.iter().filter(matters).collect()
    }

    /// Whether it is an icon of `manifest.json`.
    #[must_use]
    pub fn is_icon(&self) -> bool {
        !self.artifact.fact.manifest.is_empty()
    }

    /// Every file that it may be put at.
    pub fn paths(&self) -> impl Iterator<Item = SitePath> {
        let fact = &self.artifact.fact;
        let names = fact.adds.iter().chain(&fact.files).cloned().chain(self.served());
        names.filter_map(|name| SitePath::new(&format!("{WEB}/{name}")).ok())
    }
}

/// Plans `placed`, and gives back what stands where a picture of ours is no longer wanted.
/// Files of ours that are no pictures go there too.
pub(super) fn pictures(
    input: &Input<'_>,
    placed: &Placed<'_>,
    own: &OwnFiles,
    findings: &mut Vec<Finding>,
) -> Vec<FilePlan> {
    let mut files: Vec<FilePlan> = Vec::new();
    for (name, content) in own {
        let Ok(path) = SitePath::new(&format!("{WEB}/{name}")) else { continue };
        let actual = input.site.others.get(&path);
        files.push(own_base(input, &path, actual, content).plan(path, actual, Some(content.clone())));
    }
    for (name, picture) in &placed.files {
        let Ok(path) = SitePath::new(&format!("{WEB}/{name}")) else { continue };
        let actual = input.site.others.get(&path);
        findings.extend(picture.remarks().into_iter().filter_map(|remark| remarked(input, picture, remark)));
        // Nobody else puts files into that folder.
        if name.starts_with(PICTURES) {
            files.push(own_base(input, &path, actual, &picture.content).plan(
                path,
                actual,
                Some(picture.content.clone()),
            ));
            continue;
        }
        files.push(match whole_base(input, &path, actual, &|_| false) {
            Ok(base) => base.plan(path, actual, Some(picture.content.clone())),
            Err(finding) => {
                findings.push(*finding);
                refused(path, actual)
            }
        });
    }
    files.extend(given_back(input, &files, findings));
    files
}

/// What `remark` comes to; nothing where the brand has seen to it.
fn remarked(input: &Input<'_>, picture: &Picture, remark: &Remark) -> Option<Finding> {
    let message = format!("{}: {remark}", picture.artifact.fact.title);
    let finding = Finding::new(Level::Warning, message).at(&picture.artifact.wish.place);
    if !matches!(remark, Remark::Shape { .. }) {
        return Some(finding);
    }
    let Goal::Branded { brand, .. } = input.goal else { return None };
    let is_wide = brand.wish("logo.wide", None).is_some_and(|wish| wish.value == true.into());
    (!is_wide)
        .then(|| finding.hint("`logo.wide = true` makes a box of the logo's own shape, up to 140×70 px"))
}

/// A picture in the folder of ours: without us it would not be there.
fn own_base(input: &Input<'_>, path: &SitePath, actual: Option<&Found>, target: &Content) -> WholeBase {
    let is_known = input.receipt.is_some_and(|receipt| receipt.files.contains_key(path));
    let past = match actual {
        _ if !is_known => Past::New,
        None => Past::Gone,
        Some(found) if found.bytes == *target => Past::Unchanged,
        Some(_) => Past::Drifted,
    };
    WholeBase { base: None, base_is: BaseIs::Known, past }
}

/// The files that an earlier run wrote whole and that are in none of `wanted`: as they were before.
fn given_back(input: &Input<'_>, wanted: &[FilePlan], findings: &mut Vec<Finding>) -> Vec<FilePlan> {
    let mut files = Vec::new();
    for (path, receipt) in input.receipt.iter().flat_map(|receipt| &receipt.files) {
        let is_elsewhere = !receipt.whole.patches.is_empty()
            || input.site.is_text(path)
            || wanted.iter().any(|file| file.path == *path);
        let Some(found) = input.site.others.get(path).filter(|_| !is_elsewhere) else { continue };
        let actual = found.bytes.clone();
        if let Shipped::Beside(shipped) = &found.shipped {
            let base = beside(found, Some(receipt));
            if receipt.base.is_some() && shipped.is_none() {
                let message = format!("the package brings `{path}` no more, so it is withdrawn");
                findings.push(Finding::new(Level::Warning, message));
            }
            files.push(base.plan(path.clone(), Some(found), shipped.clone()));
        } else if *actual.digest() == receipt.written {
            let base = receipt.base.as_ref().and_then(|base| input.kept.get(base)).cloned();
            if receipt.base.is_some() && base.is_none() {
                findings.push(lost(path));
                files.push(refused(path.clone(), Some(found)));
            } else {
                let base = WholeBase { base, base_is: receipt.base_is, past: Past::Unchanged };
                let target = base.base.clone();
                files.push(base.plan(path.clone(), Some(found), target));
            }
        } else if receipt.base.as_ref() != Some(actual.digest()) {
            let message = format!("`{path}` was changed by hand since it was written, so it stays");
            findings.push(Finding::new(Level::Warning, message));
            // It belongs to whoever changed it.
            let base =
                WholeBase { base: Some(actual.clone()), base_is: receipt.base_is, past: Past::Drifted };
            files.push(base.plan(path.clone(), Some(found), Some(actual)));
        }
    }
    files
}

/// What a file that is written as a whole would be without us.
pub(super) struct WholeBase {
    pub(super) base: Option<Content>,
    pub(super) base_is: BaseIs,
    pub(super) past: Past,
}

impl WholeBase {
    /// The plan of the file `path`, which is to be `target`.
    pub(super) fn plan(self, path: SitePath, actual: Option<&Found>, target: Option<Content>) -> FilePlan {
        let WholeBase { base, base_is, past } = self;
        let actual = actual.map(|found| found.bytes.clone());
        let action = match (&actual, &target) {
            (actual, target) if actual == target => Action::Keep,
            (_, None) => Action::Remove,
            _ => Action::Write,
        };
        let (changes, standing, collisions) = (Vec::new(), Vec::new(), Vec::new());
        FilePlan {
            path,
            actual,
            base,
            target,
            base_is,
            past,
            action,
            changes,
            standing,
            collisions,
            whole: Whole::default(),
        }
    }
}

/// The base of the file `path`; `holds_ours` tells whether something of ours is still in force in a file that was
/// changed since.
pub(super) fn whole_base(
    input: &Input<'_>,
    path: &SitePath,
    actual: Option<&Found>,
    holds_ours: &dyn Fn(&Content) -> bool,
) -> Result<WholeBase, Box<Finding>> {
    let receipt = input.receipt.and_then(|receipt| receipt.files.get(path));
    let Some(found) = actual else {
        let past = if receipt.is_some() { Past::Gone } else { Past::New };
        return Ok(WholeBase { base: None, base_is: BaseIs::Known, past });
    };
    if let Shipped::Beside(_) = found.shipped {
        return Ok(beside(found, receipt));
    }
    let is_package = is_package(found);
    let base_is = if is_package { BaseIs::Known } else { BaseIs::Assumed };
    let as_it_is = |past| Ok(WholeBase { base: Some(found.bytes.clone()), base_is, past });
    let Some(receipt) = receipt else { return as_it_is(Past::New) };
    if *found.bytes.digest() == receipt.written {
        return kept(input, path, receipt, Past::Unchanged);
    }
    if receipt.base.as_ref() == Some(found.bytes.digest()) {
        return as_it_is(Past::Reset);
    }
    if is_package || !holds_ours(&found.bytes) {
        return as_it_is(Past::Renewed);
    }
    if input.overwrite_drift {
        return kept(input, path, receipt, Past::Drifted);
    }
    let message = format!("`{path}` was changed by hand since it was written, and holds our links still");
    let hint = "`--overwrite-drift` writes it anew from the one that was kept";
    Err(Box::new(Finding::new(Level::Error, message).hint(hint)))
}

/// The base of a diverted file.
pub(super) fn beside(found: &Found, receipt: Option<&FileReceipt>) -> WholeBase {
    let base = found.is_shipped().then(|| found.package().clone());
    let past = Past::of_diverted(&found.bytes, base.as_ref(), receipt);
    let base_is = match receipt {
        Some(receipt) if past != Past::Renewed => receipt.base_is,
        _ if is_package(found) || base.is_none() => BaseIs::Known,
        _ => BaseIs::Assumed,
    };
    WholeBase { base, base_is, past }
}

/// Whether dpkg knows the file as it is.
fn is_package(found: &Found) -> bool {
    found.package_md5.as_ref().is_some_and(|sum| *sum == md5(found.package()))
}

fn kept(
    input: &Input<'_>,
    path: &SitePath,
    receipt: &FileReceipt,
    past: Past,
) -> Result<WholeBase, Box<Finding>> {
    let base =
        receipt.base.as_ref().map(|base| input.kept.get(base).cloned().ok_or_else(|| Box::new(lost(path))));
    Ok(WholeBase { base: base.transpose()?, base_is: receipt.base_is, past })
}

pub(super) fn lost(path: &SitePath) -> Finding {
    let message = format!("what `{path}` was before is not kept under `var/lib/rebrand` any more");
    Finding::new(Level::Error, message).hint("installing the package again brings it back")
}

/// A file that stays as it is because something keeps it from being planned.
pub(super) fn refused(path: SitePath, actual: Option<&Found>) -> FilePlan {
    let bytes = actual.map(|found| found.bytes.clone());
    let base = WholeBase { base: bytes.clone(), base_is: BaseIs::Assumed, past: Past::Drifted };
    FilePlan { action: Action::Refuse, ..base.plan(path, actual, bytes) }
}

/// The pictures that the goal brings.
pub(super) fn wanted<'a>(input: &Input<'a>) -> &'a [Picture] {
    if let Goal::Branded { pictures, .. } = &input.goal { pictures } else { &[] }
}
