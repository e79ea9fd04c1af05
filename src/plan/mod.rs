//! The decision as a value: what every managed file is, what it should be, and what `apply` would do.
//!
//! `status`, `diff`, `check`, `apply` and `restore` share it and differ only in what they do with it. Making a plan
//! reads nothing and cannot fail: conflicts and drift are in it.

mod difference;
mod diverted;
mod document;
mod earlier;
mod elsewhere;
mod english;
mod exchange;
mod language;
mod make;
mod manifest;
mod mistakes;
mod news;
mod older_english;
mod page;
mod patched;
mod pictures;
mod placing;
pub mod receipt;
mod remarks;
mod removed;
mod saying;
mod shared;
mod unattended;
mod wishes;

use std::collections::BTreeMap;

pub use difference::{KeyDifference, Written};
pub use earlier::earlier;
pub use exchange::givers;
pub use make::{Goal, Input, plan};
pub use news::{News, lost_between, news};
pub use pictures::Picture;
pub use removed::{WishRecord, listed};

use crate::base::{Collision, Past};
use crate::catalogue::Severity;
use crate::content::Content;
use crate::dating::Dating;
use crate::fault::{Finding, Level, Place};
use crate::lint::Mistake;
use crate::path::SitePath;
use crate::target::KeyChange;
use receipt::{Accepted, BaseIs, EditReceipt, FileReceipt, Receipt, Whole};

/// What is to be done with the whole site.
#[derive(Default)]
pub struct Plan {
    /// One entry for each managed file, in the order of their paths.
    pub files: Vec<FilePlan>,
    /// What the owner should know, in the order of the wishes.
    pub findings: Vec<Finding>,
    /// What upstream changed under the brand, and nobody accepted.
    pub news: Vec<Finding>,
    /// Wishes of the brand for which the installed version has no place.
    pub not_here: Vec<String>,
    /// How old the installed client is.
    pub dating: Option<Dating>,
    /// The known mistakes in what the files will say.
    pub mistakes: Vec<Mistaken>,
    /// The services that read a file only when they start, and one of whose files changes.
    pub restarts: Vec<String>,
    /// What somebody wrote in the place of diverted files, which is kept aside.
    pub rescued: Vec<(SitePath, Content)>,
    /// The wishes that it carries out, and those that it takes back.
    pub wishes: WishRecord,
}

/// A known mistake in what the files will say.
pub struct Mistaken {
    /// The mistake.
    pub mistake: Mistake,
    /// The line of the site's file that it is about, as it will be.
    pub place: Option<Place>,
}

/// What is to be done with one file.
pub struct FilePlan {
    /// The file.
    pub path: SitePath,
    /// Its bytes now; none if it is not there.
    pub actual: Option<Content>,
    /// Its bytes without us; none if it would not be there.
    pub base: Option<Content>,
    /// The bytes it should have; none if it should not be there.
    pub target: Option<Content>,
    /// How the base is known.
    pub base_is: BaseIs,
    /// What happened since it was last written here.
    pub past: Past,
    /// What is to be done.
    pub action: Action,
    /// The keys that are given a value in it.
    pub changes: Vec<KeyChange>,
    /// The edits of the last run that still stand in it.
    pub standing: Vec<EditReceipt>,
    /// Keys that somebody changed since.
    pub collisions: Vec<Collision>,
    /// What is wished of the whole file.
    pub whole: Whole,
}

/// One step of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// It is as it should be.
    Keep,
    /// It is written.
    Write,
    /// It is taken away.
    Remove,
    /// It cannot be done; the findings say why.
    Refuse,
    /// It cannot be done, and keeps nothing else from it: the file stays as it is, and as it is recorded.
    Leave,
}

impl Plan {
    /// Whether something keeps it from being carried out.
    #[must_use]
    pub fn is_refused(&self) -> bool {
        self.findings.iter().any(|finding| finding.level == Level::Error)
            || self.files.iter().any(|file| file.action == Action::Refuse)
    }

    /// Whether a known mistake breaks the page or loses a wish.
    #[must_use]
    pub fn is_mistaken(&self) -> bool {
        self.mistakes.iter().any(|made| made.mistake.severity == Severity::Error)
    }

    /// Whether a file would change.
    #[must_use]
    pub fn changes_files(&self) -> bool {
        self.files.iter().any(|file| matches!(file.action, Action::Write | Action::Remove))
    }

    /// The receipt of this plan once it is carried out, after `previous`.
    #[must_use]
    pub fn receipt(&self, previous: Option<&Receipt>, held: bool) -> Receipt {
        let managed = self.files.iter().filter(|file| file.is_ours());
        let files: BTreeMap<SitePath, FileReceipt> =
            managed.filter_map(|file| Some((file.path.clone(), file.receipt(previous)?))).collect();
        let generation = previous.map_or(0, |receipt| receipt.generation) + 1;
        let tool = concat!("rebrand ", env!("CARGO_PKG_VERSION")).to_owned();
        let client = self.dating.as_ref().map(|dating| dating.day);
        let news = if held { Vec::new() } else { self.news.clone() };
        let accepted = previous.filter(|_| !news.is_empty()).and_then(accepted);
        let WishRecord { names: wishes, unseen: removed, .. } = self.wishes.clone();
        Receipt { format: 1, tool, generation, held, client, news, accepted, wishes, removed, files }
    }
}

/// What was last accepted before the run after `receipt`; none where an earlier version left news without it.
fn accepted(receipt: &Receipt) -> Option<Accepted> {
    let is_all_accepted = receipt.news.is_empty();
    receipt.accepted.clone().or_else(|| is_all_accepted.then(|| Accepted::from(receipt)))
}

impl FilePlan {
    /// Whether the file will hold something of ours, or is ours altogether.
    fn is_ours(&self) -> bool {
        let is_other = self.target != self.base || self.base_is == BaseIs::Branded;
        self.action == Action::Leave || self.target.is_some() && is_other
    }

    /// Whether giving it back leaves what somebody changed, or what nobody knows, unless hand edits are overwritten.
    #[must_use]
    pub fn is_given_back_in_part(&self, overwrite_drift: bool) -> bool {
        let is_unknown = self.base_is == BaseIs::Branded || self.action == Action::Leave;
        is_unknown || !overwrite_drift && !self.collisions.is_empty()
    }

    fn receipt(&self, previous: Option<&Receipt>) -> Option<FileReceipt> {
        let earlier = previous.and_then(|receipt| receipt.files.get(&self.path));
        if self.action == Action::Leave {
            return earlier.cloned();
        }
        if let Some(earlier) = earlier.filter(|_| self.whole.recipe.is_some() && self.changes.is_empty())
            && earlier.whole == self.whole
        {
            // Nobody looked into it, because nothing had changed.
            return Some(earlier.clone());
        }
        let mut edits: Vec<_> = self.changes.iter().filter_map(KeyChange::receipt).collect();
        // What is kept is the value from before the first edit, also where somebody changed the key in between.
        for edit in &mut edits {
            let first = earlier.and_then(|earlier| earlier.edits.iter().find(|old| old.at == edit.at));
            if let Some(first) = first.filter(|_| self.past == Past::Drifted) {
                edit.before.clone_from(&first.before);
                edit.before_value.clone_from(&first.before_value);
                edit.created = edit.created.max(first.created);
            }
        }
        let base = self.base.as_ref().map(|base| base.digest().clone());
        Some(FileReceipt {
            base,
            base_is: self.base_is,
            written: self.target.as_ref()?.digest().clone(),
            edits,
            whole: self.whole.clone(),
        })
    }
}
