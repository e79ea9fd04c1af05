//! The words of a line of `status` or `diff`, and what they mean: one table for what prints them and for `explain`.

use crate::base::Past;
use crate::js::How;
use crate::plan::{Action, FilePlan};

/// What happened to a file since it was last written here.
#[must_use]
pub(super) fn past(past: Past) -> &'static str {
    match past {
        Past::New => "new",
        Past::Unchanged => "unchanged",
        Past::Reset => "reset",
        Past::Renewed => "renewed",
        Past::Drifted => "drifted",
        Past::Gone => "gone",
    }
}

/// What is to be done with a file.
#[must_use]
pub(super) fn action(file: &FilePlan) -> &'static str {
    match (file.action, &file.actual) {
        (Action::Keep, _) => "keep",
        (Action::Write, None) => "add",
        (Action::Write, Some(_)) => "write",
        (Action::Remove, _) => "remove",
        (Action::Refuse, _) => "refuse",
        (Action::Leave, _) => "leave",
    }
}

/// How a key is given its value, where that is not plain.
#[must_use]
pub(super) fn how(how: How) -> Option<&'static str> {
    match how {
        How::Already | How::Replaced | How::Removed | How::ListEdited => None,
        How::Inserted => Some("inserted"),
        How::InsertedAtComment => Some("inserted after its comment"),
        How::Assigned => Some(ASSIGNED),
    }
}

/// A key to which a statement gives its value.
const ASSIGNED: &str = "assigned in a statement of its own";
/// A wish that is taken back.
pub(super) const NO_MORE: &str = "wished no more";

/// Every such word, and what it means.
static WORDS: [(&str, &str); 17] = [
    ("new", "it was never written here"),
    ("unchanged", "it is as it was last written"),
    ("reset", "the very file is back that was there before the brand"),
    ("renewed", "a package brought another file, and nothing of the brand is in force in it"),
    ("drifted", "somebody changed it by hand, and something of the brand is still in force in it"),
    ("gone", "it was written here, and is not there any more"),
    ("keep", "it is as it should be"),
    ("add", "`apply` writes a file that is not there yet"),
    ("write", "`apply` changes it"),
    ("remove", "`apply` takes it away"),
    ("refuse", "`apply` cannot do it, and writes nothing at all; the errors say why"),
    ("leave", "it cannot be edited, and stays as it is, which keeps nothing else from being done"),
    ("inserted", "the file does not have the key, so it is put in where its like stand"),
    ("inserted after its comment", "a comment of the file documents the key, and the value goes behind it"),
    (ASSIGNED, "the file computes the object, so a statement after it gives the key its value"),
    (NO_MORE, "the project speaks of it no more, so what was there before comes back"),
    ("absent", "the file does not have the key"),
];

/// What `word` means; none if it is none of these.
#[must_use]
pub fn meaning(word: &str) -> Option<&'static str> {
    WORDS.iter().find(|(known, _)| *known == word).map(|(_, meaning)| *meaning)
}
