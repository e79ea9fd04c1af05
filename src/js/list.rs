//! Items put into and taken out of an array literal; the others keep their spelling.

use swc_ecma_ast::{ArrayLit, Expr};

use super::literal;
use super::lower::{Conflict, How, Work};
use super::object::{comma_in, line_indentation};
use super::parse::span_of;
use crate::text::Span;
use crate::value::Value;

/// Makes the list `value` hold the items `add` and none of `drop`.
pub(super) fn edit(work: &mut Work<'_>, edits: &[usize], value: &Expr, add: &[Value], drop: &[Value]) {
    let line = work.document.line_of(span_of(value).start);
    let Expr::Array(array) = value else {
        let conflict =
            if literal::value_of(value).is_some() { Conflict::NoList } else { Conflict::Opaque { line } };
        return work.refuse(edits, &conflict);
    };
    let Some(items) = items(array) else { return work.refuse(edits, &Conflict::Opaque { line }) };
    let stays = |item: &Item| !drop.contains(&item.value);
    let mut missing: Vec<&Value> = Vec::new();
    for value in add {
        if !items.iter().any(|item| item.value == *value) && !missing.contains(&value) {
            missing.push(value);
        }
    }
    if missing.is_empty() && items.iter().all(stays) {
        return work.done(edits, How::Already, Some(work.document.source(span_of(value)).to_owned()), 0);
    }
    let last = items.iter().rposition(stays);
    let span = span_of(array);
    for index in (0..items.len()).filter(|index| items.get(*index).is_some_and(|item| !stays(item))) {
        remove(work, span, &items, index, last);
    }
    append(work, span, &items, last, &missing);
    let before = work.document.source(span).to_owned();
    work.done(edits, How::ListEdited, Some(before), 0);
}

/// An item with its bytes.
struct Item {
    value: Value,
    span: Span,
}

/// The items, if each is a literal.
fn items(array: &ArrayLit) -> Option<Vec<Item>> {
    let item = |element: &Option<swc_ecma_ast::ExprOrSpread>| {
        let element = element.as_ref().filter(|element| element.spread.is_none())?;
        Some(Item { value: literal::value_of(&element.expr)?, span: span_of(element) })
    };
    array.elems.iter().map(item).collect()
}

/// Takes item `index` out with one of its commas; `last` is the last item that stays.
fn remove(work: &mut Work<'_>, array: Span, items: &[Item], index: usize, last: Option<usize>) {
    let Some(item) = items.get(index) else { return };
    let span = match (items.get(index + 1), last.and_then(|last| items.get(last))) {
        // Behind the last one that stays, the comma before goes too, so that a trailing one stays trailing.
        (_, Some(last)) if last.span.end <= item.span.start => Span::new(last.span.end, item.span.end),
        (Some(next), _) => Span::new(item.span.start, next.span.start),
        (None, _) => {
            let rest = Span::new(item.span.end, array.end - 1);
            let end = comma_in(work.document.text(), rest).map_or(item.span.end, |comma| comma + 1);
            Span::new(item.span.start, end)
        }
    };
    work.delete(span);
}

fn append(work: &mut Work<'_>, array: Span, items: &[Item], last: Option<usize>, missing: &[&Value]) {
    if missing.is_empty() {
        return;
    }
    let document = work.document;
    let source = last.and_then(|last| items.get(last)).map_or("", |item| document.source(item.span));
    let style = document.style_of(source);
    let written: Vec<_> = missing.iter().map(|value| literal::written(value, style)).collect();
    let Some(item) = last.and_then(|last| items.get(last)) else {
        let text = format!(" {} ", written.join(", "));
        // What stood between the brackets is blank, a comment, or was taken out.
        return work.splice(Span::empty(array.start + 1), text);
    };
    // One item a line goes on as one item a line.
    let own_line = super::object::indentation(document.text(), item.span.start).is_some()
        && document.line_of(array.start) < document.line_of(item.span.start);
    let lead = if own_line {
        let indent = line_indentation(document.text(), item.span.start);
        format!(",{}{indent}", document.text().line_end())
    } else {
        ", ".to_owned()
    };
    let text: String = written.iter().map(|item| format!("{lead}{item}")).collect();
    let end = items.last().map_or(item.span.end, |item| item.span.end);
    work.splice(Span::empty(end), text);
}
