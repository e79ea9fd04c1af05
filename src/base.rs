//! What a file would be without us: the base that edits are made on.
//!
//! For a package's file that is the shipped file; for one that is edited where it stands, the file as its owner keeps
//! it. Nothing is ever edited twice: when a file was changed by hand since, our own edits are taken back first.

use crate::content::Content;
use crate::digest::Digest;
use crate::js::{Dialect, Document, Withdrawal};
use crate::plan::receipt::{EditReceipt, FileReceipt};
use crate::text::Text;
use crate::value::Value;

/// What happened to a file since it was last written here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Past {
    /// It was never written here.
    New,
    /// It is as it was written.
    Unchanged,
    /// A package, or somebody, put back the very file that was there before.
    Reset,
    /// A package brought another file, in which nothing of ours is in force.
    Renewed,
    /// Somebody changed it by hand, and something of ours is still in force in it.
    Drifted,
    /// It is gone.
    Gone,
}

impl Past {
    /// What happened to a diverted file, which is `actual` now, and of which the package brought `shipped`.
    #[must_use]
    pub fn of_diverted(actual: &Content, shipped: Option<&Content>, receipt: Option<&FileReceipt>) -> Self {
        let Some(receipt) = receipt else { return Past::New };
        let shipped = shipped.map(Content::digest);
        if receipt.base.as_ref() != shipped {
            Past::Renewed
        } else if *actual.digest() == receipt.written {
            Past::Unchanged
        } else if Some(actual.digest()) == shipped {
            Past::Reset
        } else {
            Past::Drifted
        }
    }
}

/// A key that was ours and that somebody gave another value since.
#[derive(Clone, Debug, PartialEq)]
pub struct Collision {
    /// What we did.
    pub edit: EditReceipt,
    /// What is there now; none if the key is gone, or its value is no plain one.
    pub theirs: Option<Value>,
}

/// A file without our edits.
#[derive(Clone, Debug, PartialEq)]
pub struct Base {
    /// Its text.
    pub text: Text,
    /// What happened since.
    pub past: Past,
    /// Keys of ours that were changed since; their values are in the text as they are now.
    pub collisions: Vec<Collision>,
}

/// Why a base cannot be told.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BaseError {
    /// The file was changed since, and does not parse now.
    #[error("was changed by hand and {0}")]
    Broken(crate::js::Error),
    /// What was there before is not kept any more.
    #[error("the file that was there before is not kept under `var/lib/rebrand` any more")]
    Lost,
}

/// Tells the base of a file that now is `actual`, whose digest is `digest`.
///
/// `is_shipped` says that dpkg or the catalogue knows it as a package's file. With `overwrite`, what somebody did to
/// our keys since is taken back with them.
///
/// # Errors
/// When it was changed by hand and does not parse, or when what was there before is lost.
pub fn base(
    actual: &Text,
    digest: &Digest,
    dialect: Dialect,
    receipt: Option<&FileReceipt>,
    kept: Option<&Text>,
    is_shipped: bool,
    overwrite: bool,
) -> Result<Base, BaseError> {
    let plain = |text: &Text, past| Base { text: text.clone(), past, collisions: Vec::new() };
    let Some(receipt) = receipt else { return Ok(plain(actual, Past::New)) };
    if *digest == receipt.written {
        // Where it is not kept any more, the record of each edit tells what was there before.
        let kept = kept.cloned().or_else(|| {
            let document = Document::parse(actual.clone(), dialect).ok()?;
            Some(undone(&document, dialect, &receipt.edits))
        });
        return kept.map(|kept| plain(&kept, Past::Unchanged)).ok_or(BaseError::Lost);
    }
    if receipt.base.as_ref() == Some(digest) {
        return Ok(plain(actual, Past::Reset));
    }
    if is_shipped {
        return Ok(plain(actual, Past::Renewed));
    }
    match Document::parse(actual.clone(), dialect) {
        Ok(document) => Ok(drifted(&document, dialect, &receipt.edits, kept, overwrite)),
        Err(_) if overwrite => kept.map(|kept| plain(kept, Past::Drifted)).ok_or(BaseError::Lost),
        Err(error) => Err(BaseError::Broken(error)),
    }
}

fn drifted(
    document: &Document,
    dialect: Dialect,
    edits: &[EditReceipt],
    kept: Option<&Text>,
    overwrite: bool,
) -> Base {
    let (ours, others): (Vec<_>, Vec<_>) = edits.iter().partition(|edit| in_force(document, edit));
    let theirs: Vec<&EditReceipt> = others.into_iter().filter(|edit| !is_as_before(document, edit)).collect();
    // Nothing of ours left means another file, unless our keys are all that somebody changed.
    let only_ours_changed = || !theirs.is_empty() && Some(&undone(document, dialect, edits)) == kept;
    if ours.is_empty() && !edits.is_empty() && !only_ours_changed() {
        return Base { text: document.text().clone(), past: Past::Renewed, collisions: Vec::new() };
    }
    let collision = |edit: &&EditReceipt| Collision {
        edit: (*edit).clone(),
        theirs: document.value(&edit.at).and_then(crate::js::Known::to_value),
    };
    let collisions = theirs.iter().map(collision).collect();
    let back = ours.into_iter().chain(theirs.iter().copied().filter(|_| overwrite));
    Base { text: undone(document, dialect, back), past: Past::Drifted, collisions }
}

/// The text of `document` without what `edits` did, and without a block of assignments at its end.
fn undone<'e>(
    document: &Document,
    dialect: Dialect,
    edits: impl IntoIterator<Item = &'e EditReceipt>,
) -> Text {
    let withdrawals: Vec<Withdrawal> = edits.into_iter().map(withdrawal).collect();
    let without = document.without_overlay().and_then(|text| Document::parse(text, dialect).ok());
    let document = without.as_ref().unwrap_or(document);
    document.text().apply(&document.withdraw(&withdrawals).splices)
}

/// Whether what `edit` did is still so.
fn in_force(document: &Document, edit: &EditReceipt) -> bool {
    match (&edit.after, &edit.after_source) {
        (Some(value), _) => holds(document, edit, value),
        (None, Some(source)) => document.written(&edit.at).as_ref() == Some(source),
        (None, None) => document.value(&edit.at).is_none(),
    }
}

/// Whether the key is as it was before `edit`.
fn is_as_before(document: &Document, edit: &EditReceipt) -> bool {
    match (&edit.before_value, &edit.before) {
        (Some(value), _) => holds(document, edit, value),
        (None, Some(source)) => document.written(&edit.at).as_ref() == Some(source),
        (None, None) => document.value(&edit.at).is_none(),
    }
}

fn holds(document: &Document, edit: &EditReceipt, value: &Value) -> bool {
    document.value(&edit.at).and_then(crate::js::Known::to_value).as_ref() == Some(value)
}

fn withdrawal(edit: &EditReceipt) -> Withdrawal {
    Withdrawal { at: edit.at.clone(), before: edit.before.clone(), created: edit.created }
}
