//! Items put into and taken out of an array literal; the others keep their spelling, their lines and their comments.

use swc_ecma_ast::{ArrayLit, Expr};

use super::document::Document;
use super::literal;
use super::lower::{Conflict, How};
use super::object::{Kind, Object, comma_in, indentation, rest_of_line};
use super::parse::span_of;
use super::work::Work;
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
    let Some(list) = List::of(array) else { return work.refuse(edits, &Conflict::Opaque { line }) };
    let stays: Vec<bool> = list.items.iter().map(|item| !drop.contains(&item.value)).collect();
    let mut added: Vec<&Value> = Vec::new();
    for value in add {
        if !list.items.iter().any(|item| item.value == *value) && !added.contains(&value) {
            added.push(value);
        }
    }
    let before = work.document.source(list.span).to_owned();
    if added.is_empty() && stays.iter().all(|stays| *stays) {
        return work.done(edits, How::Already, Some(before), 0);
    }
    let kept = stays.iter().rposition(|stays| *stays);
    let beside =
        kept.and_then(|kept| list.items.get(kept)).map_or("", |item| work.document.source(item.span));
    let style = work.document.style_of(beside);
    let added: Vec<String> = added.into_iter().map(|value| literal::written(value, style)).collect();
    if list.is_one_a_line(work.document) {
        edit_lines(work, &list, &stays, kept, &added);
    } else if kept.is_none() {
        refill(work, &list, &added);
    } else {
        edit_inline(work, &list, &stays, kept, &added);
    }
    work.done(edits, How::ListEdited, Some(before), 0);
}

/// An item with its bytes.
struct Item {
    value: Value,
    span: Span,
}

/// An array of literals in its text.
struct List {
    items: Vec<Item>,
    span: Span,
}

impl List {
    /// Reads `array`, if each of its items is a literal.
    fn of(array: &ArrayLit) -> Option<Self> {
        let item = |element: &Option<swc_ecma_ast::ExprOrSpread>| {
            let element = element.as_ref().filter(|element| element.spread.is_none())?;
            Some(Item { value: literal::value_of(&element.expr)?, span: span_of(element) })
        };
        Some(List { items: array.elems.iter().map(item).collect::<Option<_>>()?, span: span_of(array) })
    }

    /// What stands between the brackets.
    fn inside(&self) -> Span {
        Span::new(self.span.start + 1, self.span.end - 1)
    }

    /// What stands before item `index`, or behind the last one.
    fn gap(&self, index: usize) -> Span {
        let inside = self.inside();
        let start = index.checked_sub(1).and_then(|before| self.items.get(before));
        let end = self.items.get(index).map_or(inside.end, |item| item.span.start);
        Span::new(start.map_or(inside.start, |item| item.span.end), end)
    }

    fn comma_after(&self, document: &Document, index: usize) -> Option<usize> {
        comma_in(document.text(), self.gap(index + 1))
    }

    /// The end of the line of item `index`, with its comma and comment, if nothing else is on that line.
    fn line_end(&self, document: &Document, index: usize) -> Option<usize> {
        let item = self.items.get(index)?;
        indentation(document.text(), item.span.start)?;
        let from = self.comma_after(document, index).map_or(item.span.end, |comma| comma + 1);
        let (end, ends_line) = rest_of_line(document.text(), self.gap(index + 1), from);
        ends_line.then_some(end)
    }

    fn is_one_a_line(&self, document: &Document) -> bool {
        !self.items.is_empty() && (0..self.items.len()).all(|index| self.line_end(document, index).is_some())
    }

    fn holds_comments(&self, document: &Document) -> bool {
        let gaps = (0..=self.items.len()).map(|index| document.source(self.gap(index)));
        gaps.into_iter().any(|gap| gap.chars().any(|letter| letter != ',' && !letter.is_whitespace()))
    }
}

/// Edits a list that has a line for each of its items.
fn edit_lines(work: &mut Work<'_>, list: &List, stays: &[bool], kept: Option<usize>, added: &[String]) {
    let document = work.document;
    let text = document.text();
    if kept.is_none() && added.is_empty() && !list.holds_comments(document) {
        return work.splice(list.inside(), String::new());
    }
    for (index, item) in list.items.iter().enumerate().filter(|(index, _)| stays.get(*index) == Some(&false))
    {
        let next = list.line_end(document, index).map(|end| text.line_start(text.line_of(end) + 1));
        let start = text.line_start(text.line_of(item.span.start));
        work.delete(Span::new(start, next.unwrap_or(item.span.end)));
    }
    let trailing = list.comma_after(document, list.items.len() - 1).is_some();
    if let Some((kept, item)) = kept.and_then(|kept| Some((kept, list.items.get(kept)?))) {
        match (list.comma_after(document, kept), trailing || !added.is_empty()) {
            (None, true) => work.splice(Span::empty(item.span.end), ",".to_owned()),
            (Some(comma), false) => work.delete(Span::new(comma, comma + 1)),
            _ => {}
        }
    }
    let at = match kept {
        Some(kept) => list.line_end(document, kept).unwrap_or(list.span.end - 1),
        None => rest_of_line(text, list.gap(0), list.gap(0).start).0,
    };
    let indent = list.items.first().and_then(|item| indentation(text, item.span.start)).unwrap_or_default();
    add_lines(work, at, indent, added, trailing);
}

/// Adds a line for each of `added` at `at`.
fn add_lines(work: &mut Work<'_>, at: usize, indent: &str, added: &[String], trailing: bool) {
    let end = work.document.text().line_end();
    let lines: Vec<String> = added.iter().map(|item| format!("{end}{indent}{item}")).collect();
    if !lines.is_empty() {
        let comma = if trailing { "," } else { "" };
        work.splice(Span::empty(at), lines.join(",") + comma);
    }
}

/// Fills a list of which nothing stays.
fn refill(work: &mut Work<'_>, list: &List, added: &[String]) {
    let document = work.document;
    if !list.holds_comments(document) {
        let items = if added.is_empty() { String::new() } else { format!(" {} ", added.join(", ")) };
        return work.splice(list.inside(), items);
    }
    for index in 0..list.items.len() {
        remove(work, list, index, None);
    }
    let gap = list.gap(list.items.len());
    let content = document.source(gap).trim_end();
    let at = gap.start + content.len();
    if content.contains("//") {
        let indent = document.line_indent(at);
        add_lines(work, at, &indent, added, false);
    } else if !added.is_empty() {
        work.splice(Span::empty(at), format!(" {}", added.join(", ")));
    }
}

/// Edits a list whose items share lines; `kept` is the last one that stays.
fn edit_inline(work: &mut Work<'_>, list: &List, stays: &[bool], kept: Option<usize>, added: &[String]) {
    for index in (0..list.items.len()).filter(|index| stays.get(*index) == Some(&false)) {
        remove(work, list, index, kept);
    }
    if let Some(item) = list.items.last().filter(|_| !added.is_empty()) {
        work.splice(Span::empty(item.span.end), format!(", {}", added.join(", ")));
    }
}

/// Takes item `index` out with one of its commas; `kept` is the last item that stays.
fn remove(work: &mut Work<'_>, list: &List, index: usize, kept: Option<usize>) {
    let Some(item) = list.items.get(index) else { return };
    let span = match (list.items.get(index + 1), kept.and_then(|kept| list.items.get(kept))) {
        // Behind the last one that stays, the comma before goes too, so that a trailing one stays trailing.
        (_, Some(kept)) if kept.span.end <= item.span.start => Span::new(kept.span.end, item.span.end),
        (Some(next), _) => Span::new(item.span.start, next.span.start),
        (None, _) => {
            let end = list.comma_after(work.document, index).map_or(item.span.end, |comma| comma + 1);
            Span::new(item.span.start, end)
        }
    };
    work.delete(span);
}

/// What has to be replaced in the list `value` so that it is `wanted`: parts of its items, each with what it is to be.
/// None where the items are not objects, or are not the same in number and in their keys.
pub(super) fn differing<'v>(value: &Expr, wanted: &'v Value) -> Option<Vec<(Span, &'v Value)>> {
    let Value::Array(items) = wanted else { return None };
    let mut parts = Vec::new();
    let has_objects = items.iter().any(|item| matches!(item, Value::Object(_)));
    (has_objects && parts_of(value, wanted, &mut parts)).then_some(parts)
}

/// Adds to `parts` what differs; tells whether the two have one shape.
fn parts_of<'v>(value: &Expr, wanted: &'v Value, parts: &mut Vec<(Span, &'v Value)>) -> bool {
    match (value, wanted) {
        (Expr::Paren(inner), _) => parts_of(&inner.expr, wanted, parts),
        (Expr::Array(list), Value::Array(items)) if list.elems.len() == items.len() => {
            list.elems.iter().zip(items).all(|(element, item)| {
                element
                    .as_ref()
                    .is_some_and(|element| element.spread.is_none() && parts_of(&element.expr, item, parts))
            })
        }
        (Expr::Object(literal), Value::Object(members)) => {
            let object = Object::of(literal);
            let member = |(name, wanted): &'v (String, Value)| {
                let found = object.last(name).and_then(|index| object.members.get(index));
                matches!(found.map(|member| &member.kind), Some(Kind::Pair(value)) if parts_of(value, wanted, parts))
            };
            object.members.len() == members.len() && members.iter().all(member)
        }
        (Expr::Lit(_) | Expr::Unary(_), Value::Array(_) | Value::Object(_)) => false,
        (Expr::Lit(_) | Expr::Unary(_), _) => {
            if literal::value_of(value).as_ref() != Some(wanted) {
                parts.push((span_of(value), wanted));
            }
            true
        }
        _ => false,
    }
}
