//! Edits of one file that contradict each other.
//!
//! Two edits of one key, or of a key and one below it, would make the result depend on their order. The one
//! pair that does not is `append` and `without` of one list with different items.

use std::collections::BTreeMap;

use super::read::Written;
use crate::edit::Op;
use crate::toml::Faults;
use crate::value::KeyPath;

/// Adds a fault for every edit of `written`, sorted by place, that contradicts an earlier one.
pub(super) fn check(written: &[Written], faults: &mut Faults<'_>) {
    let mut earlier: BTreeMap<&KeyPath, Vec<&Written>> = BTreeMap::new();
    for later in written {
        let at = &later.edit.at;
        if let Some(first) = contradicted(&earlier, later) {
            let line = faults.place(first.span).line;
            let (message, hint) = told(first, later, line);
            faults.add(later.span, message, hint);
        }
        earlier.entry(at).or_default().push(later);
    }
}

/// The earlier edit that `later` contradicts: of the same key, of one above, or of one below.
fn contradicted<'w>(earlier: &BTreeMap<&KeyPath, Vec<&'w Written>>, later: &Written) -> Option<&'w Written> {
    let at = &later.edit.at;
    let same = earlier.get(at).into_iter().flatten();
    let same = same.copied().find(|first| !agree(&first.edit.op, &later.edit.op));
    let above = || {
        let mut parents = std::iter::successors(at.parent(), KeyPath::parent);
        parents.find_map(|parent| earlier.get(&parent).and_then(|edits| edits.first().copied()))
    };
    // Paths sort segment by segment, so what lies below a path follows it at once.
    let below = || {
        let (path, edits) = earlier.range::<&KeyPath, _>(at..).find(|(path, _)| **path != at)?;
        edits.first().copied().filter(|_| at.contains(path))
    };
    same.or_else(above).or_else(below)
}

fn agree(first: &Op, later: &Op) -> bool {
    match (first, later) {
        (Op::Append(more), Op::Without(less)) | (Op::Without(less), Op::Append(more)) => {
            !more.iter().any(|item| less.contains(item))
        }
        _ => false,
    }
}

fn told(first: &Written, later: &Written, line: usize) -> (String, String) {
    let (one, other) = (verb(&first.edit.op), verb(&later.edit.op));
    let (above, at) = (&first.edit.at, &later.edit.at);
    let message = match (&first.edit.op, &later.edit.op) {
        (Op::Append(_), Op::Without(_)) | (Op::Without(_), Op::Append(_)) if above == at => {
            format!("`{at}` is both to hold and not to hold the same item")
        }
        _ if above == at && one == other => format!("`{at}` is {one} twice"),
        _ if above == at => format!("`{at}` is both {one} and {other}"),
        _ if above.contains(at) => format!("`{at}` lies below `{above}`, which is {one}"),
        _ => format!("`{at}` lies above `{above}`, which is {one}"),
    };
    (message, format!("keep this line or line {line}"))
}

fn verb(op: &Op) -> &'static str {
    match op {
        Op::Set(_) | Op::Raw(_) => "set",
        Op::Remove => "removed",
        Op::Append(_) | Op::Without(_) => "changed as a list",
    }
}
