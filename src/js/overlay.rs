//! Style `overlay`: a marked block of assignments at the end of the file, for what cannot be spliced.
//!
//! It cannot damage what is written above it, but leaves two truths in one file: so it is used only where asked for.

use super::document::{Document, Existing};
use super::known::Known;
use super::lower::{Change, Conflict, How, Lowered};
use super::request::{Want, Wanted};
use super::statement;
use crate::edit::Edit;
use crate::text::{Span, Splice, SpliceSet, Text};
use crate::value::{KeyPath, Value};

const BEGIN: &str = "// >>> rebrand: ";
const END: &str = "// <<< rebrand";

/// Lowers `edits`, which come from the file `origin`, to one block at the end.
pub(super) fn lower(document: &Document, edits: &[Edit], origin: &str) -> Lowered {
    let mut lines = vec![format!("{BEGIN}made from {origin}, edit it there")];
    let outcomes: Vec<_> = edits.iter().map(|edit| assign(document, edit, &mut lines)).collect();
    lines.push(END.to_owned());
    let mut splices = SpliceSet::default();
    if lines.len() > 2 {
        let (span, text) = statement::at_end(document, &lines);
        // The set is empty, so nothing can overlap.
        let _ = splices.add(Splice { span, text });
    }
    Lowered { splices, outcomes }
}

/// The bytes of the overlay block in `text`, if it has one.
pub(super) fn block(text: &Text) -> Option<Span> {
    let source = text.as_str();
    let start = source.find(BEGIN)?;
    let length = source.get(start..)?.find(END)? + END.len();
    let after = source.get(start + length..)?;
    let line_end = if after.starts_with("\r\n") { 2 } else { usize::from(after.starts_with('\n')) };
    // A file that did not end its last line was given a line end before the block.
    let lead = match source.get(..start)? {
        before if line_end > 0 || !after.is_empty() => before,
        before => {
            before.strip_suffix('\n').map_or(before, |before| before.strip_suffix('\r').unwrap_or(before))
        }
    };
    Some(Span::new(lead.len(), start + length + line_end))
}

fn assign(document: &Document, edit: &Edit, lines: &mut Vec<String>) -> Result<Change, Conflict> {
    let root = document.root().ok_or(Conflict::NoList)?;
    let spelled = document.spelled(root, &edit.at);
    let change = |how, created| Ok(Change { how, before: None, created, notes: Vec::new() });
    let wanted = match Want::of(edit)? {
        Want::Absent { .. } if document.existing(&edit.at) == Existing::Missing => {
            return change(How::Already, 0);
        }
        Want::Absent { .. } => {
            lines.push(format!("delete {spelled};"));
            return change(How::Removed, 0);
        }
        Want::Literal(wanted) => wanted,
        Want::List { add, drop } => {
            let Some(there) = document.value(&edit.at).and_then(Known::to_value) else {
                return Err(Conflict::NoList);
            };
            Wanted::Plain(list(there, add, &drop)?)
        }
    };
    if let Wanted::Plain(value) = &wanted
        && document.holds(&edit.at, value)
    {
        return change(How::Already, 0);
    }
    let created = guards(document, root, &edit.at, lines);
    lines.push(format!("{spelled} = {};", wanted.written(document.style())));
    change(How::Assigned, created)
}

fn list(there: Value, add: Vec<Value>, drop: &[Value]) -> Result<Value, Conflict> {
    let Value::Array(mut items) = there else { return Err(Conflict::NoList) };
    items.retain(|item| !drop.contains(item));
    for item in add {
        if !items.contains(&item) {
            items.push(item);
        }
    }
    Ok(Value::Array(items))
}

/// Makes sure that every parent of `path` is an object.
fn guards(document: &Document, root: &str, path: &KeyPath, lines: &mut Vec<String>) -> usize {
    let mut made = 0;
    for depth in 1..path.segments().len() {
        let parent = path.prefix(depth);
        if document.existing(&parent) != Existing::Object {
            let spelled = document.spelled(root, &parent);
            let line = format!("{spelled} = {spelled} || {{}};");
            if !lines.contains(&line) {
                lines.push(line);
            }
            made += 1;
        }
    }
    made
}
