//! Lists that a patch changes and the file does not set: the client's own one is written out with the change, where the
//! catalogue knows it. And items that a patch takes out of lists in which they are not.

use crate::catalogue::{self, ConfigFile, Key};
use crate::edit::{Edit, Op};
use crate::fault::{Finding, Level};
use crate::js::{Document, Known};
use crate::surface::Evidence;
use crate::toml::nearest;
use crate::value::{KeyPath, Value};

/// Turns the edits of unset lists in `edits` of `file` into whole lists, where it is known what the client has in their
/// place; tells of each what the owner should know.
pub fn write_out_lists(edits: &mut Vec<Edit>, file: ConfigFile, evidence: Evidence<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut changed: Vec<(KeyPath, Vec<Value>, Vec<Value>)> = Vec::new();
    for edit in edits.iter() {
        if !matches!(edit.op, Op::Append(_) | Op::Without(_))
            || evidence.document(file).is_none_or(|it| is_set(it, &edit.at))
        {
            continue;
        }
        let Some(own) = unset_list(file, &edit.at, evidence) else { continue };
        let index = changed.iter().position(|(at, ..)| *at == edit.at).unwrap_or_else(|| {
            changed.push((edit.at.clone(), own.clone(), own));
            changed.len() - 1
        });
        if let Some((_, _, list)) = changed.get_mut(index) {
            change(list, &edit.op);
        }
    }
    for (at, own, list) in changed {
        let is_same = own == list;
        for edit in edits.iter_mut().filter(|edit| edit.at == at) {
            if matches!(edit.op, Op::Append(_) | Op::Without(_)) {
                edit.op = Op::Set(Value::Array(list.clone()));
                if !is_same && !own.is_empty() {
                    let message = format!(
                        "`{at}` is not set: the list that the client has of its own is written out, with the change"
                    );
                    findings.push(Finding::new(Level::Note, message).at(&edit.why.place));
                }
            }
        }
        // The client does as wished without being told.
        edits.retain(|edit| edit.at != at || !is_same);
    }
    findings
}

/// Items of `edit` that its list does not hold and no client knows: slips of the pen.
pub(super) fn strange_items(
    edit: &Edit,
    file: ConfigFile,
    key: Option<&Key>,
    evidence: Evidence<'_>,
) -> Vec<Finding> {
    let Op::Without(items) = &edit.op else { return Vec::new() };
    let there = evidence.document(file).and_then(|document| document.value(&edit.at)).map(Known::to_value);
    let list = match there {
        Some(Some(Value::Array(list))) => list,
        None | Some(Some(Value::Null)) => match unset_list(file, &edit.at, evidence) {
            Some(list) => list,
            None => return Vec::new(),
        },
        Some(_) => return Vec::new(),
    };
    let is_known = |item: &Value| key.is_some_and(|key| key.values.contains(item));
    let strange = items.iter().filter(|item| !list.contains(item) && !is_known(item));
    let told = strange.map(|item| {
        let message = format!("`{}` does not hold {item}, so there is nothing to take out", edit.at);
        let finding = Finding::new(Level::Warning, message).at(&edit.why.place);
        let names = list.iter().filter_map(Value::as_str);
        match item.as_str().and_then(|item| nearest(item, names)) {
            Some(near) => finding.hint(format!("did you mean `{near}`?")),
            None => finding,
        }
    });
    told.collect()
}

/// What a client of that age has while `at` is unset: the list of the old key that it heeds instead, or its own.
fn unset_list(file: ConfigFile, at: &KeyPath, evidence: Evidence<'_>) -> Option<Vec<Value>> {
    let day = evidence.day?;
    let olds = catalogue::predecessors(file, at).into_iter();
    let olds = olds.filter(|old| old.since <= day && old.carry == catalogue::Carry::Same);
    let mut held =
        olds.filter_map(|old| match evidence.document(old.file)?.value(&old.path)?.to_value()? {
            Value::Array(list) => Some(list),
            _ => None,
        });
    held.next().or_else(|| catalogue::default_list(file, at, day))
}

/// Whether the file gives `at` a value, or may do so.
fn is_set(document: &Document, at: &KeyPath) -> bool {
    let root = document.value(&KeyPath::default());
    let is_there = document.value(at).is_some_and(|value| *value != Known::Null);
    is_there || root.is_none_or(|root| root.is_open_at(at))
}

fn change(list: &mut Vec<Value>, op: &Op) {
    match op {
        Op::Append(items) => {
            for item in items {
                if !list.contains(item) {
                    list.push(item.clone());
                }
            }
        }
        Op::Without(items) => list.retain(|item| !items.contains(item)),
        _ => {}
    }
}
