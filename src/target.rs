//! From a base and its edits to the file that should be there, with the proof that nothing else changed.

mod refusal;

use std::collections::HashSet;

use crate::edit::{Edit, Op};
use crate::fault::{Finding, Level, Place};
use crate::js::{Change, Difference, Document, Expect, How, Known, Lowered, Note, differences};
use crate::path::SitePath;
use crate::plan::receipt::EditReceipt;
use crate::text::{Span, Text};
use crate::value::{KeyPath, Value};

use refusal::Refusal;

/// A file as it should be.
pub struct Target {
    /// Its text.
    pub text: Text,
    /// What it says; none if it says what the base does, for then nothing was edited.
    pub edited: Option<Document>,
    /// What became of each edit, in their order.
    pub changes: Vec<KeyChange>,
    /// What else changes with the edits, by the file's own code.
    pub notes: Vec<Finding>,
}

/// The variables that the client reads.
const READ: [&str; 3] = ["config", "interfaceConfig", "loggingConfig"];

/// One key that is given another value, or has the wished one already.
#[derive(Clone, Debug, PartialEq)]
pub struct KeyChange {
    /// The key.
    pub edit: Edit,
    /// What was done.
    pub change: Change,
    /// The value in the base, where it is a plain one.
    pub old: Option<Value>,
    /// The value in the target, where it is a plain one.
    pub new: Option<Value>,
    /// The source of the new value, for one that is no plain value.
    pub new_source: Option<String>,
}

impl KeyChange {
    /// What the receipt keeps of it; nothing for an edit that was in force already.
    #[must_use]
    pub fn receipt(&self) -> Option<EditReceipt> {
        (self.change.how != How::Already).then(|| EditReceipt {
            at: self.edit.at.clone(),
            before: self.change.before.clone(),
            before_value: self.old.clone(),
            after: self.new.clone(),
            after_source: self.new_source.clone(),
            created: self.change.created,
            wish: self.edit.why.name.clone(),
        })
    }
}

/// Makes the target of the file `path` from `base`: `spliced` edits in the text, `overlaid` ones in a block at its end,
/// each group with the file it comes from.
///
/// # Errors
/// The findings that keep it from being made: conflicts, and differences that nobody wished for.
pub fn target(
    path: &SitePath,
    base: &Document,
    spliced: &[Edit],
    overlaid: &[Edit],
    origin: &str,
) -> Result<Target, Vec<Finding>> {
    let edits: Vec<&Edit> = spliced.iter().chain(overlaid).collect();
    let refusal = Refusal { path, base, edits: &edits, spliced: spliced.len() };
    let lowered = base.lower(spliced);
    let mut outcomes = settled(&refusal, spliced, &lowered)?;
    let mut text = base.text().apply(&lowered.splices);
    if !overlaid.is_empty() {
        let before = parsed(path, &text, base)?;
        let lowered = before.lower_overlay(overlaid, origin);
        outcomes.extend(settled(&refusal, overlaid, &lowered)?);
        text = text.apply(&lowered.splices);
    }
    // A key that counts as being so already is proved too: a later statement may take it away again.
    let parsed = (text != *base.text()).then(|| parsed(path, &text, base)).transpose()?;
    let after = parsed.as_ref().unwrap_or(base);
    let notes = prove(&refusal, after, &outcomes)?;
    let changes =
        edits.iter().zip(outcomes).map(|(edit, change)| key_change(edit, change, base, after)).collect();
    Ok(Target { text, edited: parsed, changes, notes })
}

/// What the owner should know about the edits that were carried out.
#[must_use]
pub fn findings(path: &SitePath, base: &Document, changes: &[KeyChange]) -> Vec<Finding> {
    let mut found = Vec::new();
    for change in changes {
        for note in &change.change.notes {
            let at = &change.edit.at;
            let (line, message) = match note {
                Note::Duplicate { line } => {
                    (*line, format!("`{at}` stands several times in `{path}`; the last one counts"))
                }
                Note::Conditional { line } => {
                    (*line, format!("a condition in `{path}` may give `{at}` another value"))
                }
            };
            found.push(Finding::new(Level::Warning, message).at(&place(path, base.text(), line)));
        }
    }
    found.extend(effects(path, base, changes));
    found
}

/// Statements of the base whose effect on the root cannot be told.
fn effects(path: &SitePath, base: &Document, changes: &[KeyChange]) -> Vec<Finding> {
    if changes.is_empty() {
        return Vec::new();
    }
    let elsewhere = base.evaluation().effects.iter().filter(|effect| effect.is_elsewhere(base.variable()));
    elsewhere.map(|effect| refusal::warning(path, base, effect)).collect()
}

fn settled(refusal: &Refusal<'_>, edits: &[Edit], lowered: &Lowered) -> Result<Vec<Change>, Vec<Finding>> {
    let mut changes = Vec::new();
    let mut refused = Vec::new();
    for (edit, outcome) in edits.iter().zip(&lowered.outcomes) {
        match outcome {
            Ok(change) => changes.push(change.clone()),
            Err(conflict) => refused.push(refusal.conflict(edit, conflict)),
        }
    }
    if refused.is_empty() { Ok(changes) } else { Err(refused) }
}

/// Our own output must parse; that it does not would be a fault of ours, told like any other.
fn parsed(path: &SitePath, text: &Text, base: &Document) -> Result<Document, Vec<Finding>> {
    Document::parse(text.clone(), base.dialect()).map_err(|error| {
        let message = format!("the edited `{path}` {error}, so it is not written");
        vec![Finding::new(Level::Error, message).at(&Place::of(path.as_str(), text, error.span()))]
    })
}

/// Compares both evaluations: every wish is in force, and nothing else differs. Gives what follows a wish by the code
/// of the file, outside of what the client reads.
fn prove(refusal: &Refusal<'_>, after: &Document, changes: &[Change]) -> Result<Vec<Finding>, Vec<Finding>> {
    let (base, edits) = (refusal.base, refusal.edits);
    let root = base.variable();
    let wished: Vec<(KeyPath, Expect)> =
        edits.iter().map(|edit| (edit.at.clone(), expected(edit, base, after))).collect();
    let conditional: HashSet<&KeyPath> = edits
        .iter()
        .zip(changes)
        .filter(|(_, change)| change.notes.iter().any(|note| matches!(note, Note::Conditional { .. })))
        .map(|(edit, _)| &edit.at)
        .collect();
    let is_decided =
        |difference: &&Difference| difference.variable == root && conditional.contains(&difference.path);
    let follows = |difference: &&Difference| {
        let variable = difference.variable.as_str();
        !variable.is_empty()
            && !READ.contains(&variable)
            && base.evaluation().is_computed_from(variable, root)
    };
    let all = differences(base.evaluation(), after.evaluation(), root, &wished);
    let (notes, refused): (Vec<_>, Vec<_>) =
        all.into_iter().filter(|difference| !is_decided(&difference)).partition(|one| follows(&one));
    let paths: Vec<KeyPath> = edits.iter().map(|edit| edit.at.clone()).collect();
    let dangers = base.evaluation().dangers(after.evaluation(), root, &paths);
    let refused = refusal.findings(&refused, &dangers);
    if !refused.is_empty() {
        return Err(refused);
    }
    Ok(refusal.notes(&notes))
}

fn expected(edit: &Edit, base: &Document, after: &Document) -> Expect {
    let there = || base.value(&edit.at).and_then(Known::to_value);
    match &edit.op {
        Op::Set(value) => Expect::Is(Known::from(value)),
        Op::Raw(source) => match crate::js::literal_known(source) {
            Some(known) => Expect::Is(known),
            None => Expect::Absent,
        },
        Op::Remove => Expect::Absent,
        // Both halves of a list edit are judged by what the other half may have done to the same key.
        Op::Append(_) | Op::Without(_) => match (there(), after.value(&edit.at)) {
            (Some(Value::Array(before)), Some(now)) => match now.to_value() {
                Some(Value::Array(items)) if follows(&before, &items, &edit.op) => Expect::Is(now.clone()),
                _ => Expect::Absent,
            },
            (_, None) => Expect::Absent,
            (_, Some(now)) => Expect::Is(now.clone()),
        },
    }
}

/// Whether the list `after` is what `op` may make of `before`.
fn follows(before: &[Value], after: &[Value], op: &Op) -> bool {
    match op {
        Op::Append(items) => items.iter().all(|item| after.contains(item)),
        Op::Without(items) => {
            let kept = after.iter().filter(|item| before.contains(item)).count();
            items.iter().all(|item| !after.contains(item)) && kept <= before.len()
        }
        _ => true,
    }
}

fn key_change(edit: &Edit, change: Change, base: &Document, after: &Document) -> KeyChange {
    let plain = |document: &Document| document.value(&edit.at).and_then(Known::to_value);
    let (old, new) = (plain(base), plain(after));
    let has_source = new.is_none() && after.value(&edit.at).is_some() && change.how != How::Already;
    let new_source = if has_source { after.written(&edit.at) } else { None };
    KeyChange { edit: edit.clone(), change, old, new, new_source }
}

/// The line `line` of the file `path`, from 1, without the blanks before it.
pub(crate) fn place(path: &SitePath, text: &Text, line: usize) -> Place {
    let start = text.line_start(line);
    let blanks = text.line(line).len() - text.line(line).trim_start().len();
    let from = start + blanks;
    Place::of(path.as_str(), text, Span::new(from, start + text.line(line).len()))
}
