//! Diverted files: what somebody wrote in their place, and what others made of them.

use super::make::Input;
use super::{Action, FilePlan};
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
    let by_hand = files.iter().filter_map(|file| {
        let found = input.site.found(&file.path)?;
        let written = receipts.and_then(|files| files.get(&file.path)).map(|receipt| &receipt.written);
        let is_theirs = matches!(&found.shipped, Shipped::Beside(shipped) if shipped.as_ref() != Some(&found.bytes))
            && written != Some(found.bytes.digest());
        is_theirs.then(|| (file.path.clone(), found.bytes.clone()))
    });
    by_hand.collect()
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
