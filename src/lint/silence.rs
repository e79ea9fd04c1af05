//! Mistakes that the owner knows of, and wants to hear no more about.

use super::Mistake;
use crate::catalogue;
use crate::fault::{Finding, Level, Place};

/// A known mistake that the owner keeps silent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Silenced {
    /// Its name.
    pub id: String,
    /// Why, in the owner's words.
    pub reason: String,
    /// Where that is written.
    pub place: Place,
}

/// The mistakes that are left, and what is wrong with the silence: a name that no known mistake has is an error, one
/// that silences nothing here a note.
#[must_use]
pub fn silence(mistakes: Vec<Mistake>, silenced: &[Silenced]) -> (Vec<Mistake>, Vec<Finding>) {
    let is_made = |id: &str| mistakes.iter().any(|mistake| mistake.id == id);
    let finding = |silenced: &Silenced| match &silenced.id {
        id if !catalogue::lints().iter().any(|lint| lint.id == *id) => Some(unknown(silenced)),
        id if !is_made(id) => {
            let message = format!("`{id}` is silenced, but nothing here makes that mistake");
            let hint = "take it out, so that it is told when it is made";
            Some(Finding::new(Level::Note, message).at(&silenced.place).hint(hint))
        }
        _ => None,
    };
    let findings = silenced.iter().filter_map(finding).collect();
    let is_silenced = |mistake: &Mistake| silenced.iter().any(|silenced| silenced.id == mistake.id);
    (mistakes.into_iter().filter(|mistake| !is_silenced(mistake)).collect(), findings)
}

fn unknown(silenced: &Silenced) -> Finding {
    let id = &silenced.id;
    let finding =
        Finding::new(Level::Error, format!("no known mistake is called `{id}`")).at(&silenced.place);
    let distance = |name: &str| strsim::osa_distance(name, id);
    let near = catalogue::lints().iter().map(|lint| lint.id.as_str()).min_by_key(|name| distance(name));
    match near.filter(|name| distance(name) <= name.len() / 3) {
        Some(name) => finding.hint(format!("did you mean `{name}`?")),
        None => finding,
    }
}
