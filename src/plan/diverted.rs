//! Diverted files: what somebody wrote in their place, and what others made of them.

use super::make::Input;
use super::{Action, FilePlan};
use crate::base::Past;
use crate::content::Content;
use crate::fault::{Finding, Level};
use crate::path::SitePath;
use crate::site::Shipped;

/// Files that somebody else diverted or made a link are left alone, and cannot be branded.
pub(super) fn elsewhere(input: &Input<'_>, files: &mut [FilePlan]) -> Vec<Finding> {
    let mut found = Vec::new();
    for file in files.iter_mut().filter(|file| file.action != Action::Keep) {
        let Some(there) = input.site.found(&file.path) else { continue };
        let Shipped::Elsewhere(how) = &there.shipped else { continue };
        file.action = Action::Refuse;
        let message = format!("`{}` {how}, so it cannot be branded", file.path);
        let hint = "make it a file of the package again, or leave out the wishes for it";
        found.push(Finding::new(Level::Error, message).hint(hint));
    }
    found
}

/// What somebody wrote in the place of branded files: the brand takes its place again, and it is kept aside.
pub(super) fn rescued(input: &Input<'_>, files: &[FilePlan]) -> Vec<(SitePath, Content)> {
    let receipts = input.receipt.map(|receipt| &receipt.files);
    let overwritten = files.iter().filter(|file| is_overwritten(input, file));
    let overwritten = overwritten.filter_map(|file| Some((file.path.clone(), file.actual.clone()?)));
    let by_hand = files.iter().filter_map(|file| {
        let found = input.site.found(&file.path)?;
        let written = receipts.and_then(|files| files.get(&file.path)).map(|receipt| &receipt.written);
        let is_theirs = matches!(&found.shipped, Shipped::Beside(shipped) if shipped.as_ref() != Some(&found.bytes))
            && written != Some(found.bytes.digest());
        is_theirs.then(|| (file.path.clone(), found.bytes.clone()))
    });
    by_hand.chain(overwritten).collect()
}

/// Whether `file` is put back whole over what somebody wrote where a patch of ours was.
fn is_overwritten(input: &Input<'_>, file: &FilePlan) -> bool {
    let receipt = input.receipt.and_then(|receipt| receipt.files.get(&file.path));
    let is_patched = receipt.is_some_and(|receipt| !receipt.whole.patches.is_empty());
    let is_at_its_place = input.site.found(&file.path).is_some_and(|found| found.shipped == Shipped::Here);
    input.overwrite_drift && is_patched && is_at_its_place && file.past == Past::Drifted
}

/// That each of `rescued` is kept aside.
pub(super) fn told(rescued: &[(SitePath, Content)]) -> impl Iterator<Item = Finding> {
    rescued.iter().map(|(path, _)| {
        let message =
            format!("`{path}` was changed by hand; that file is kept below `var/lib/rebrand/rescued`");
        let hint = "what it says belongs into the brand or into `patches/`, where upgrades leave it alone";
        Finding::new(Level::Warning, message).hint(hint)
    })
}
