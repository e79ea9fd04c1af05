//! Paths and values of a patch file: what TOML can say and JavaScript can hold.
//!
//! Whatever JavaScript would round, or take for something else, is refused.

use crate::edit::Op;
use crate::text::Span;
use crate::toml::{Content, Entry, Faults, Node};
use crate::value::{KeyPath, Value};

/// How many segments a path may have. Upstream's longest have five.
const DEEPEST: usize = 32;
/// 2^53: up to here JavaScript tells whole numbers apart.
const GREATEST: i64 = 1 << 53;

/// The path `key` below `above`; its dots part segments, in quotes too.
pub(super) fn path(above: &KeyPath, key: &str, span: Span, faults: &mut Faults<'_>) -> Option<KeyPath> {
    let mut segments = above.segments().to_vec();
    segments.extend(key.split('.').map(str::to_owned));
    let (message, hint) = if segments.iter().any(|segment| segment.trim().is_empty()) {
        let hint = "part the names of a path by one dot each";
        (format!("the path `{key}` holds an empty name"), hint)
    } else if let Some(name) = segments.iter().find(|name| is_prototype(name)) {
        (format!("`{name}` is no key of a configuration"), "leave it out")
    } else if segments.iter().any(|segment| segment.contains(char::is_control)) {
        (format!("the path {key:?} holds a control character"), "leave it out")
    } else if segments.len() > DEEPEST {
        (format!("the path has {} names", segments.len()), "at most 32 are taken")
    } else {
        return Some(KeyPath::new(segments));
    };
    faults.add(span, message, hint);
    None
}

/// What the table `table` wants done with the key `at`, if `node` can say that.
pub(super) fn op(table: &str, at: &KeyPath, node: &Node, faults: &mut Faults<'_>) -> Option<Op> {
    match table {
        "set" => value(node, faults).map(Op::Set),
        "raw" => raw(at, node, faults).map(Op::Raw),
        "append" => list(at, node, faults).map(Op::Append),
        _ => list(at, node, faults).map(Op::Without),
    }
}

/// The items of a list that holds some.
fn list(at: &KeyPath, node: &Node, faults: &mut Faults<'_>) -> Option<Vec<Value>> {
    let source = faults.source(node.span);
    let Content::List(items) = &node.content else {
        let message = format!("`{at}` is a list here, not {}", node.content.kind());
        faults.add(node.span, message, format!("write `[{source}]`"));
        return None;
    };
    if items.is_empty() {
        faults.add(node.span, format!("`{at}` names no items"), "leave it out");
    }
    // Every item is looked at, so that every fault is told.
    let values: Vec<Option<Value>> = items.iter().map(|item| value(item, faults)).collect();
    values.into_iter().collect()
}

fn raw(at: &KeyPath, node: &Node, faults: &mut Faults<'_>) -> Option<String> {
    let source = faults.source(node.span);
    match &node.content {
        Content::String(text) if !text.trim().is_empty() => return Some(text.clone()),
        Content::String(_) => {
            faults.add(node.span, format!("`{at}` is empty"), "write a literal, such as `\"null\"`");
        }
        other => {
            let message = format!("`{at}` is a string with a JavaScript literal here, not {}", other.kind());
            faults.add(node.span, message, format!("write `\"{source}\"`, or put it below `[set]`"));
        }
    }
    None
}

/// The value of `node`.
fn value(node: &Node, faults: &mut Faults<'_>) -> Option<Value> {
    let source = faults.source(node.span);
    let (message, hint) = match &node.content {
        Content::String(text) => return Some(Value::String(text.clone())),
        Content::Bool(value) => return Some(Value::Bool(*value)),
        Content::List(items) => {
            let values: Vec<Option<Value>> = items.iter().map(|item| value(item, faults)).collect();
            return values.into_iter().collect::<Option<_>>().map(Value::Array);
        }
        Content::Table(entries) => return object(entries, faults),
        #[expect(clippy::cast_precision_loss, reason = "up to 2^53 nothing is lost")]
        Content::Integer(Some(whole)) if (-GREATEST..=GREATEST).contains(whole) => {
            return Some(Value::Number(*whole as f64));
        }
        Content::Float(number) if number.is_finite() => return Some(Value::Number(*number)),
        Content::Integer(_) => (
            format!("JavaScript cannot hold `{source}` exactly"),
            "whole numbers go up to 2^53; quote it".to_owned(),
        ),
        Content::Float(_) => (
            format!("`{source}` is no number that a file can hold as such"),
            "write the JavaScript literal below `[raw]`".to_owned(),
        ),
        Content::Date => ("JavaScript has no dates".to_owned(), format!("quote it: `\"{source}\"`")),
    };
    faults.add(node.span, message, hint);
    None
}

/// A table inside a list: its keys are names, not paths.
fn object(entries: &[Entry], faults: &mut Faults<'_>) -> Option<Value> {
    let mut members = Vec::new();
    for entry in entries {
        if is_prototype(&entry.key) {
            let message = format!("`{}` is no key of a configuration", entry.key);
            faults.add(entry.key_span, message, "leave it out");
        }
        members.push(value(&entry.node, faults).map(|value| (entry.key.clone(), value)));
    }
    members.into_iter().collect::<Option<_>>().map(Value::Object)
}

/// Names that reach past an object to what all objects share.
fn is_prototype(name: &str) -> bool {
    matches!(name, "__proto__" | "constructor" | "prototype")
}
