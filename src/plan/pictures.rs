//! Pictures of the brand: files of our own, added to the site and taken away again.

use super::make::{Goal, Input};
use super::receipt::BaseIs;
use super::{Action, FilePlan};
use crate::base::Past;
use crate::content::Content;
use crate::fault::{Finding, Level};
use crate::path::SitePath;

/// A picture that is put on the site.
pub struct Picture {
    /// How the brand names it.
    pub source: String,
    /// What the client asks for: `images/rebrand/mark-0123456789.svg`.
    pub served: String,
    /// Where that is.
    pub path: SitePath,
    /// Its bytes.
    pub bytes: Content,
}

/// Plans the pictures of the brand, and the removal of those it does not have any more.
pub(super) fn pictures(input: &Input<'_>, findings: &mut Vec<Finding>) -> Vec<FilePlan> {
    let wanted: &[Picture] = if let Goal::Branded { pictures, .. } = &input.goal { pictures } else { &[] };
    let mut files: Vec<FilePlan> = wanted.iter().map(|picture| picture_plan(input, picture)).collect();
    let before =
        input.receipt.iter().flat_map(|receipt| &receipt.files).filter(|(_, file)| file.base.is_none());
    for (path, receipt) in before {
        if files.iter().any(|file| file.path == *path) {
            continue;
        }
        let Some(actual) = input.added.get(path) else { continue };
        let is_ours = *actual.digest() == receipt.written;
        if !is_ours {
            let message = format!("`{path}` was changed by hand since it was added, so it stays");
            findings.push(Finding::new(Level::Warning, message));
        }
        let (action, target) =
            if is_ours { (Action::Remove, None) } else { (Action::Keep, Some(actual.clone())) };
        let past = if is_ours { Past::Unchanged } else { Past::Drifted };
        // A picture that stays belongs to whoever changed it.
        files.push(FilePlan {
            base: target.clone(),
            ..added(path, Some(actual.clone()), target, past, action)
        });
    }
    files
}

fn picture_plan(input: &Input<'_>, picture: &Picture) -> FilePlan {
    let actual = input.added.get(&picture.path).cloned();
    let known = input.receipt.is_some_and(|receipt| receipt.files.contains_key(&picture.path));
    let past = match (&actual, known) {
        (_, false) => Past::New,
        (None, true) => Past::Gone,
        (Some(bytes), true) if *bytes == picture.bytes => Past::Unchanged,
        (Some(_), true) => Past::Drifted,
    };
    let action = if actual.as_ref() == Some(&picture.bytes) { Action::Keep } else { Action::Write };
    added(&picture.path, actual, Some(picture.bytes.clone()), past, action)
}

fn added(
    path: &SitePath,
    actual: Option<Content>,
    target: Option<Content>,
    past: Past,
    action: Action,
) -> FilePlan {
    let (changes, collisions) = (Vec::new(), Vec::new());
    let base_is = BaseIs::Known;
    FilePlan { path: path.clone(), actual, base: None, target, base_is, past, action, changes, collisions }
}
