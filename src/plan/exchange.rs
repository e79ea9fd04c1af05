//! Wishes that go from one file to another, as when a key moves: visitors may miss none of them for a moment.

use std::collections::BTreeSet;

use super::receipt::Receipt;
use super::{Action, FilePlan, Plan};
use crate::path::SitePath;

/// The files that give up a wish which another file takes over. They have to change after that one.
#[must_use]
pub fn givers<'p>(previous: &Receipt, plan: &'p Plan) -> BTreeSet<&'p SitePath> {
    let carries_now =
        |file: &FilePlan, wish: &str| file.changes.iter().any(|change| change.edit.why.name == wish);
    let carried_before = |path: &SitePath| {
        let edits = previous.files.get(path).into_iter().flat_map(|file| &file.edits);
        edits.map(|edit| edit.wish.as_str()).collect::<BTreeSet<_>>()
    };
    let takes_over = |wish: &str| {
        plan.files.iter().any(|file| carries_now(file, wish) && !carried_before(&file.path).contains(wish))
    };
    let gives = |file: &&FilePlan| {
        file.action != Action::Keep
            && carried_before(&file.path).into_iter().any(|wish| !carries_now(file, wish) && takes_over(wish))
    };
    plan.files.iter().filter(gives).map(|file| &file.path).collect()
}
