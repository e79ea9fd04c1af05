//! Files that unified diffs change: the diffs put in on the base, all their hunks or none.

use super::document::as_told;
use super::elsewhere::skipped;
use super::make::{Goal, Input};
use super::pictures::{WholeBase, beside, lost, refused, whole_base};
use super::receipt::Whole;
use super::unattended::or_left;
use super::{Action, FilePlan};
use crate::base::Past;
use crate::brand::is_host;
use crate::content::Content;
use crate::edit::{Edit, Op, Wish};
use crate::fault::{Finding, Level, Place};
use crate::hunk::{self, FilePatch, Outcome, Reason};
use crate::js::{Change, How};
use crate::patch::DiffFile;
use crate::path::SitePath;
use crate::site::{Found, HOST_SUFFIX, Shipped, WEB};
use crate::target::KeyChange;
use crate::text::Text;
use crate::value::{KeyPath, Value};

/// A diff, and the patch in it that is for one file.
type Wanted<'a> = (&'a DiffFile, &'a FilePatch);

/// Plans every file that a diff changes, or that one changed.
pub(super) fn patched(input: &Input<'_>, others: &[FilePlan], findings: &mut Vec<Finding>) -> Vec<FilePlan> {
    let diffs = if let Goal::Branded { diffs, .. } = input.goal { diffs } else { &[] };
    let mut paths: Vec<SitePath> = Vec::new();
    let wanted =
        diffs.iter().flat_map(|diff| &diff.patches).filter_map(|patch| SitePath::new(&patch.path).ok());
    let ours = input.receipt.iter().flat_map(|receipt| &receipt.files);
    let ours = ours.filter(|(_, receipt)| !receipt.whole.patches.is_empty()).map(|(path, _)| path.clone());
    paths.extend(wanted.chain(ours));
    paths.sort();
    paths.dedup();
    let mut files = Vec::new();
    for path in paths {
        let of = |diff: &'_ DiffFile| diff.patches.iter().position(|patch| patch.path == path.as_str());
        let wanted: Vec<Wanted<'_>> =
            diffs.iter().filter_map(|diff| Some((diff, diff.patches.get(of(diff)?)?))).collect();
        if let Some((diff, patch)) = wanted.first().filter(|_| others.iter().any(|file| file.path == path)) {
            let message = format!("`{path}` is edited by the brand too");
            let hint = "leave one of the two out";
            let place = Place::of(&diff.file, &diff.text, patch.at);
            findings.push(Finding::new(Level::Error, message).at(&place).hint(hint));
            continue;
        }
        files.extend(or_left(input, findings, |told| file(input, path, &wanted, told)));
    }
    files
}

fn file(
    input: &Input<'_>,
    path: SitePath,
    wanted: &[Wanted<'_>],
    findings: &mut Vec<Finding>,
) -> Option<FilePlan> {
    let found = input.site.found(&path);
    let Some(found) = found.filter(|found| found.is_shipped() || wanted.is_empty()) else {
        let (diff, first) = wanted.first()?;
        if let Some(finding) = of_another_machine(input, &path) {
            findings.push(finding.at(&Place::of(&diff.file, &diff.text, first.at)));
            return None;
        }
        let message = format!("`{path}` is not here, so it cannot be patched");
        let place = Place::of(&diff.file, &diff.text, first.at);
        findings.push(as_told(input, Finding::new(Level::Error, message).at(&place)));
        return None;
    };
    match base(input, found).and_then(|base| planned(found, base, wanted, findings)) {
        Ok(plan) => Some(plan),
        Err(told) => {
            let refused = refused(path, Some(found));
            // What lies outside the client keeps nothing else from it.
            if refused.path.as_str().starts_with(WEB) {
                findings.extend(told);
                return Some(refused);
            }
            findings.extend(told.into_iter().map(|finding| as_told(input, finding)));
            let action = if input.leaves_broken() { Action::Leave } else { refused.action };
            Some(FilePlan { action, ..refused })
        }
    }
}

/// That `path` is the file of a host that is not on this machine, if it is.
fn of_another_machine(input: &Input<'_>, path: &SitePath) -> Option<Finding> {
    let name = [".cfg.lua", HOST_SUFFIX].iter().find_map(|end| path.name().strip_suffix(end))?;
    let hosts: Vec<&str> = input.site.hosts.iter().map(|host| host.name.as_str()).collect();
    let is_of =
        |host: &&str| name == *host || name.strip_suffix(host).is_some_and(|rest| rest.ends_with('.'));
    if !name.contains('.') || !is_host(name) || hosts.iter().any(is_of) {
        return None;
    }
    Some(skipped(name, &hosts, &[], &format!("the patch of `{path}` is")))
}

/// The file without what earlier runs put in.
fn base(input: &Input<'_>, found: &Found) -> Result<WholeBase, Vec<Finding>> {
    let receipt = input.receipt.and_then(|receipt| receipt.files.get(&found.path));
    let earlier: Vec<FilePatch> =
        receipt.map(|receipt| patches(&receipt.whole, &found.path)).unwrap_or_default();
    let Some(receipt) = receipt else {
        return whole_base(input, &found.path, Some(found), &|_| false).map_err(|finding| vec![*finding]);
    };
    if let Shipped::Beside(_) = found.shipped {
        return Ok(beside(found, Some(receipt)));
    }
    if *found.bytes.digest() == receipt.written {
        let kept = receipt.base.as_ref().and_then(|base| input.kept.get(base)).cloned();
        let base = kept.ok_or_else(|| vec![lost(&found.path)])?;
        return Ok(WholeBase { base: Some(base), base_is: receipt.base_is, past: Past::Unchanged });
    }
    if receipt.base.as_ref() == Some(found.bytes.digest()) {
        let base = Some(found.bytes.clone());
        return Ok(WholeBase { base, base_is: receipt.base_is, past: Past::Reset });
    }
    // Somebody changed it since: ours is taken out, theirs stays.
    let mut text = text(found, &found.bytes)?;
    let mut is_ours = false;
    for patch in earlier.iter().rev() {
        let back = patch.reversed();
        match back.apply(&text) {
            Ok(applied) => {
                is_ours |= !applied.splices.is_empty();
                text = text.apply(&applied.splices);
            }
            Err(_) if input.overwrite_drift => {
                let kept = receipt.base.as_ref().and_then(|base| input.kept.get(base)).cloned();
                let base = kept.ok_or_else(|| vec![lost(&found.path)])?;
                return Ok(WholeBase { base: Some(base), base_is: receipt.base_is, past: Past::Drifted });
            }
            Err(_) => {
                let message = format!("`{}` was changed by hand where a patch of ours is", found.path);
                let hint = "`--overwrite-drift` writes it anew from the one that was kept";
                return Err(vec![Finding::new(Level::Error, message).hint(hint)]);
            }
        }
    }
    let past = if is_ours { Past::Drifted } else { Past::Renewed };
    Ok(WholeBase { base: Some(Content::from(text)), base_is: receipt.base_is, past })
}

/// The patches of the file `path` that an earlier run put in.
fn patches(whole: &Whole, path: &SitePath) -> Vec<FilePatch> {
    let read = |source: &String| hunk::parse("", &Text::from(source.as_str())).ok();
    let all = whole.patches.iter().filter_map(read).flatten();
    all.filter(|patch| patch.path == path.as_str()).collect()
}

fn text(found: &Found, bytes: &Content) -> Result<Text, Vec<Finding>> {
    bytes.text().map_err(|error| {
        let message = format!("`{}` {error}, so it cannot be patched", found.path);
        vec![Finding::new(Level::Error, message)]
    })
}

fn planned(
    found: &Found,
    base: WholeBase,
    wanted: &[Wanted<'_>],
    findings: &mut Vec<Finding>,
) -> Result<FilePlan, Vec<Finding>> {
    if !found.is_shipped() {
        return Ok(base.plan(found.path.clone(), Some(found), None));
    }
    let mut target = text(found, base.base.as_ref().unwrap_or(&found.bytes))?;
    let (mut changes, mut whole) = (Vec::new(), Whole::default());
    for (diff, patch) in wanted {
        let applied = patch.apply(&target).map_err(|misfits| {
            misfits.iter().map(|misfit| misfitting(diff, patch, misfit)).collect::<Vec<_>>()
        })?;
        for (outcome, hunk) in applied.outcomes.iter().zip(&patch.hunks) {
            let place = Place::of(&diff.file, &diff.text, hunk.at());
            if let Outcome::Made { line, offset } = outcome {
                if *offset != 0 {
                    let message = format!(
                        "the patch of `{}` fits at line {line}, {} lines away",
                        found.path,
                        offset.abs()
                    );
                    findings.push(Finding::new(Level::Note, message).at(&place));
                }
                changes.push(change(*line, &diff.file, place, hunk));
            }
        }
        target = target.apply(&applied.splices);
        whole.patches.push(diff.text.as_str().to_owned());
        whole.restart.extend(
            diff.restart.iter().filter(|name| !whole.restart.contains(name)).cloned().collect::<Vec<_>>(),
        );
    }
    let bytes = target.as_str().as_bytes();
    let same = [base.base.as_ref(), Some(&found.bytes)].into_iter().flatten();
    let same = same.into_iter().find(|content| ***content == *bytes).cloned();
    let target = same.unwrap_or_else(|| Content::from(target.clone()));
    let plan = base.plan(found.path.clone(), Some(found), Some(target));
    Ok(FilePlan { changes, whole, action: plan.action, ..plan })
}

fn misfitting(diff: &DiffFile, patch: &FilePatch, misfit: &hunk::Misfit) -> Finding {
    let at = patch.hunks.get(misfit.hunk).map_or(patch.at, hunk::Hunk::at);
    let hint = match misfit.reason {
        Reason::Ambiguous { .. } | Reason::Again { .. } => "give the diff more context",
        Reason::NotFound { .. } | Reason::Overlaps { .. } => "make the diff anew from the file that is there",
    };
    let message = format!("the patch does not fit `{}`: {}", patch.path, misfit.reason);
    Finding::new(Level::Error, message).at(&Place::of(&diff.file, &diff.text, at)).hint(hint)
}

/// One hunk, as a change at a line.
fn change(line: usize, file: &str, place: Place, hunk: &hunk::Hunk) -> KeyChange {
    let [old, new] = [hunk.removed(), hunk.added()].map(|lines| {
        let lines: Vec<&str> = lines.iter().map(|line| line.trim()).collect();
        (!lines.is_empty()).then(|| Value::from(lines.join(" ").as_str()))
    });
    let at = KeyPath::new(vec![format!("line {}", line + hunk.lead())]);
    let why = Wish { name: file.to_owned(), place };
    let op = new.clone().map_or(Op::Remove, Op::Set);
    let change = Change { how: How::Replaced, before: None, created: 0, notes: Vec::new() };
    KeyChange { edit: Edit { at, op, why }, change, old, new, new_source: None }
}

/// The services that have to start anew for the files of `files` that change.
pub(super) fn restarts(input: &Input<'_>, files: &[FilePlan]) -> Vec<String> {
    let mut services = Vec::new();
    for file in files.iter().filter(|file| file.action == Action::Write) {
        let before = input.receipt.and_then(|receipt| receipt.files.get(&file.path));
        let before = before.map(|receipt| receipt.whole.restart.as_slice()).unwrap_or_default();
        services.extend(file.whole.restart.iter().chain(before).cloned());
    }
    services.sort_unstable();
    services.dedup();
    services
}
