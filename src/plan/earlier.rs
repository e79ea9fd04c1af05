//! Going back to an earlier generation: the files that it held, and in the hosts' own files the edits that it made.

use std::collections::{BTreeMap, BTreeSet};

use super::diverted::{elsewhere, rescued, told};
use super::document::{file_plan, opened_host};
use super::make::Input;
use super::pictures::{WholeBase, beside};
use super::receipt::{BaseIs, EditReceipt, Receipt};
use super::remarks::order;
use super::wishes::FileEdits;
use super::{FilePlan, Plan, WishRecord};
use crate::content::Content;
use crate::edit::{Edit, Op, Wish};
use crate::fault::{Finding, Level, Place};
use crate::path::SitePath;
use crate::site::Shipped;
use crate::text::Span;

/// The plan that puts the generation of `earlier` in force again, which held `contents` of the client's files.
#[must_use]
pub fn earlier(input: &Input<'_>, earlier: &Receipt, contents: &BTreeMap<SitePath, Content>) -> Plan {
    let mut findings = Vec::new();
    let mut files: Vec<FilePlan> = Vec::new();
    for host in &input.site.hosts {
        let receipt = earlier.files.get(&host.file.path);
        let edits = receipt.iter().flat_map(|receipt| &receipt.edits);
        let spliced = edits.map(|edit| again(earlier.generation, edit)).collect();
        let (_, found, opened) = opened_host(input, host, &mut findings);
        let edits = FileEdits { spliced, ..FileEdits::default() };
        files.push(file_plan(input, found, opened, &edits, &mut findings).plan);
    }
    let now = input.receipt.iter().flat_map(|receipt| receipt.files.keys());
    let mut paths: BTreeSet<&SitePath> = now.chain(earlier.files.keys()).collect();
    paths.retain(|path| !files.iter().any(|file| file.path == **path));
    for path in paths {
        let found = input.site.found(path);
        if found.is_some_and(|found| found.shipped == Shipped::Here) && !contents.contains_key(path) {
            let message =
                format!("`{path}` stays as it is: no generation holds files that lie outside the client");
            findings.push(Finding::new(Level::Warning, message));
            continue;
        }
        let receipt = input.receipt.and_then(|receipt| receipt.files.get(path));
        let base = found.map_or_else(absent, |found| beside(found, receipt));
        let target = contents.get(path).cloned().or_else(|| base.base.clone());
        files.push(base.plan(path.clone(), found, target));
    }
    findings.extend(elsewhere(input, &mut files));
    let rescued = rescued(input, &files);
    findings.extend(told(&rescued));
    files.sort_by(|one, other| one.path.cmp(&other.path));
    order(&mut findings);
    let wishes = WishRecord { names: earlier.wishes.clone(), ..WishRecord::default() };
    Plan { files, findings, rescued, wishes, ..Plan::default() }
}

/// A file that neither we nor a package brought.
fn absent() -> WholeBase {
    WholeBase { base: None, base_is: BaseIs::Known, past: crate::base::Past::New }
}

/// The edit that does once more what `receipt` tells of.
fn again(generation: u64, receipt: &EditReceipt) -> Edit {
    let op = match (&receipt.after, &receipt.after_source) {
        (Some(value), _) => Op::Set(value.clone()),
        (None, Some(source)) => Op::Raw(source.clone()),
        (None, None) => Op::Remove,
    };
    let place = Place::of(&format!("generation {generation}"), &receipt.wish.as_str().into(), Span::empty(0));
    Edit { at: receipt.at.clone(), op, why: Wish { name: receipt.wish.clone(), place } }
}
