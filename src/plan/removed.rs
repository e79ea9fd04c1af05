//! Wishes that were carried out and that the project speaks of no more: what `apply` takes back.
//!
//! An owner takes a line out of the brand and means it. A file that a full disk emptied says the same, so a project that
//! fell silent altogether is told apart: nobody takes a whole brand off who is not asked.

use super::make::{Goal, Input};
use super::receipt::Receipt;
use crate::fault::{Finding, Level};

/// The wishes of a plan, held against those of the last run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WishRecord {
    /// The names of all wishes of the project, sorted: `brand.name`, `patches/config.toml: set x`.
    pub names: Vec<String>,
    /// Those that the last run carried out and the project speaks of no more.
    pub removed: Vec<String>,
    /// Those that unattended runs took back, this one too, since a person last saw a plan.
    pub unseen: Vec<String>,
    /// How many wishes the last run carried out.
    pub recorded: usize,
    /// How many files the last run branded.
    pub files: usize,
    /// Whether files are branded and the project, or its brand, speaks of no wish any more.
    pub is_silence: bool,
}

/// How the name of a wish of a patch begins.
const PATCHES: &str = "patches/";
/// The most names that are listed.
const MOST: usize = 8;

/// Records the wishes of `input`; what the owner should know of those that are gone is added to `findings`.
pub(super) fn record_wishes(input: &Input<'_>, findings: &mut Vec<Finding>) -> WishRecord {
    let names = wish_names(&input.goal);
    if !matches!(input.goal, Goal::Branded { .. }) {
        return WishRecord::default();
    }
    let is_branded = input.receipt.is_some_and(|receipt| !receipt.files.is_empty());
    if names.is_empty() && !is_branded {
        let message = "the project speaks of no wish, so nothing is branded";
        findings.push(Finding::new(Level::Warning, message).hint("write them into `brand/brand.toml`"));
    }
    let Some(receipt) = input.receipt else { return WishRecord { names, ..WishRecord::default() } };
    let record = compare(receipt, names, input.is_unattended);
    findings.extend(removal_finding(&record, input.is_unattended));
    if !input.is_unattended && !receipt.removed.is_empty() {
        let gone = listed(&receipt.removed);
        let message = format!("an unattended run took back wishes that had left the project: {gone}");
        let hint = "bring them back if they were lost; `rebrand apply` ends this warning";
        findings.push(Finding::new(Level::Warning, message).hint(hint));
    }
    record
}

fn wish_names(goal: &Goal<'_>) -> Vec<String> {
    let Goal::Branded { brand, patches, diffs, .. } = goal else { return Vec::new() };
    let lines = brand.wishes.iter().map(|wish| wish.wish.name.clone());
    let edits = patches.iter().flat_map(|patch| &patch.edits);
    let edits = edits.map(|edit| format!("{}: {}", edit.why.place.file, edit.why.name));
    let diffs = diffs.iter().flat_map(|diff| diff.patches.iter().map(move |patch| (diff, patch)));
    let diffs = diffs.map(|(diff, patch)| format!("{}: {}", diff.file, patch.path));
    sorted(lines.chain(edits).chain(diffs))
}

fn sorted(names: impl Iterator<Item = String>) -> Vec<String> {
    let mut names: Vec<String> = names.collect();
    names.sort_unstable();
    names.dedup();
    names
}

fn compare(receipt: &Receipt, names: Vec<String>, is_unattended: bool) -> WishRecord {
    let is_gone = |name: &&String| !names.contains(name);
    let of_brand = |names: &[String]| names.iter().any(|name| !name.starts_with(PATCHES));
    let removed: Vec<String> = receipt.wishes.iter().filter(is_gone).cloned().collect();
    let is_silence =
        !receipt.files.is_empty() && (names.is_empty() || of_brand(&receipt.wishes) && !of_brand(&names));
    let before = || receipt.removed.iter().chain(&removed).cloned();
    let unseen = if is_unattended { sorted(before()) } else { Vec::new() };
    let (recorded, files) = (receipt.wishes.len(), receipt.files.len());
    WishRecord { names, removed, unseen, recorded, files, is_silence }
}

/// What is said of it. Where nobody is there to ask, the brand of a silent project stays.
fn removal_finding(record: &WishRecord, is_unattended: bool) -> Option<Finding> {
    let WishRecord { removed, recorded, files, is_silence, .. } = record;
    if *is_silence {
        let what = format!(
            "the project speaks of no wish of the brand any more, and {files} files are branded by {recorded} wishes"
        );
        let hint = "bring `brand/brand.toml` back, or take the brand off with `rebrand restore`";
        let (level, end) = if is_unattended {
            (Level::Error, "they stay as they are")
        } else {
            (Level::Warning, "`apply` takes them back")
        };
        return Some(Finding::new(level, format!("{what}: {end}")).hint(hint));
    }
    let level = if is_unattended { Level::Warning } else { Level::Note };
    let message = || {
        let gone = removed.len();
        format!("{gone} of {recorded} wishes left the project and are taken back: {}", listed(removed))
    };
    (!removed.is_empty()).then(|| Finding::new(level, message()))
}

/// The first few of `names`, and how many more there are.
#[must_use]
pub fn listed(names: &[String]) -> String {
    let mut shown: Vec<String> = names.iter().take(MOST).map(|name| format!("`{name}`")).collect();
    if names.len() > MOST {
        shown.push(format!("{} more", names.len() - MOST));
    }
    shown.join(", ")
}
