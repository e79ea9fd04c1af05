//! Members put into and taken out of an object literal, with its commas, its indentation and its comments.

use std::collections::{BTreeSet, HashMap};

use super::comments::{Documented, documented};
use super::document::Document;
use super::literal::{self, Style};
use super::lower::How;
use super::object::{Object, comma_in, indentation, rest_of_line};
use super::request::{Node, Want, Wanted};
use super::work::Work;
use crate::text::Span;

/// The widest a list may make its line, in characters, before it gets a line for each item.
const WIDTH: usize = 110;

/// The last member of upstream's older files, which says of itself that nothing may follow it.
const STAYS_LAST: &str = "makeJsonParserHappy";

/// A new member, and where it goes.
struct Addition {
    /// Insert before this byte.
    at: usize,
    /// The gap that byte lies in.
    gap: usize,
    /// The indentation of its line; none if it shares a line with others.
    indent: Option<String>,
    /// Whether a comment there documents it.
    at_comment: bool,
    name: String,
}

/// Takes the members `removed` out of `object` and puts `missing` into it.
pub(super) fn rewrite(
    work: &mut Work<'_>,
    object: &Object<'_>,
    removed: &BTreeSet<usize>,
    missing: &[(&str, &Node)],
) {
    if removed.is_empty() && missing.is_empty() {
        return;
    }
    let document = work.document;
    let is_empty = object.members.len() == removed.len() && is_bare(document, object);
    if is_empty {
        return fill(work, object, missing);
    }
    let last = (0..object.members.len()).rev().find(|index| !removed.contains(index));
    let below;
    let docs: &HashMap<String, Documented> = if document.is_root(object) {
        document.root_documented()
    } else {
        below = documented(document.text(), object);
        &below
    };
    let mut additions: Vec<(Addition, &Node)> = missing
        .iter()
        .map(|(name, node)| (place(document, object, removed, docs.get(*name), name), *node))
        .collect();
    additions.sort_by_key(|(addition, _)| addition.at);
    let tail = additions.iter().filter(|(addition, _)| last.is_none_or(|last| addition.gap > last)).count();
    let trailing = comma_in(document.text(), object.gap(object.members.len()));
    let comma = trailing.is_some() && !object.members.is_empty();
    settle_comma(work, object, last, trailing, tail > 0);
    delete(work, object, removed, last);
    let count = additions.len();
    for (index, (addition, node)) in additions.into_iter().enumerate() {
        add(work, object, &addition, node, index + 1 < count || tail == 0 || comma);
    }
}

/// The text of the object that holds everything that `node` wants below it, for a line with this indentation.
pub(super) fn rendered(document: &Document, node: &Node, indent: &str, quoted: bool) -> String {
    if let Some((_, Want::Literal(wanted))) = &node.want {
        wrapped(document, wanted, document.style(), indent)
    } else {
        let end = document.text().line_end();
        let deeper = format!("{indent}{}", document.unit());
        let member = |(name, child): (&String, &Node)| {
            let name = literal::property_name(name, document.style(), quoted);
            format!("{deeper}{name}: {}", rendered(document, child, &deeper, quoted))
        };
        let members: Vec<_> =
            node.children.iter().filter(|(_, child)| child.wants_value()).map(member).collect();
        format!("{{{end}{}{end}{indent}}}", members.join(&format!(",{end}")))
    }
}

/// The literal that is wanted; a list too long for its line gets a line for each item.
pub(super) fn wrapped(document: &Document, wanted: &Wanted, style: Style, indent: &str) -> String {
    let line = wanted.written(style);
    match wanted {
        Wanted::Plain(crate::value::Value::Array(items)) if indent.len() + line.chars().count() > WIDTH => {
            let end = document.text().line_end();
            let deeper = format!("{indent}{}", document.unit());
            let items: Vec<_> =
                items.iter().map(|item| format!("{deeper}{}", literal::written(item, style))).collect();
            format!("[{end}{}{end}{indent}]", items.join(&format!(",{end}")))
        }
        _ => line,
    }
}

fn add(work: &mut Work<'_>, object: &Object<'_>, addition: &Addition, node: &Node, comma: bool) {
    let document = work.document;
    let end = document.text().line_end();
    let comma = if comma { "," } else { "" };
    let name = literal::property_name(&addition.name, document.style(), object.quotes_names());
    let outer = document.line_indent(object.span.start);
    let indent = addition.indent.as_deref().unwrap_or(&outer);
    let value = rendered(document, node, indent, object.quotes_names());
    let lead = match &addition.indent {
        Some(indent) => format!("{end}{indent}"),
        None => " ".to_owned(),
    };
    let how = if addition.at_comment { How::InsertedAtComment } else { How::Inserted };
    work.splice(Span::empty(addition.at), format!("{lead}{name}: {value}{comma}"));
    report(work, node, how, 0);
}

/// Whether nothing but members, blanks and commas stands in `object`.
fn is_bare(document: &Document, object: &Object<'_>) -> bool {
    let blank =
        |gap: Span| document.source(gap).chars().all(|letter| letter == ',' || letter.is_whitespace());
    (0..=object.members.len()).all(|index| blank(object.gap(index)))
}

/// Gives `object`, of which nothing stays, the members `missing`.
fn fill(work: &mut Work<'_>, object: &Object<'_>, missing: &[(&str, &Node)]) {
    let document = work.document;
    let end = document.text().line_end();
    let outer = document.line_indent(object.span.start);
    let indent = format!("{outer}{}", document.unit());
    let member = |(name, node): &(&str, &Node)| {
        let name = literal::property_name(name, document.style(), object.quotes_names());
        format!("{end}{indent}{name}: {}", rendered(document, node, &indent, object.quotes_names()))
    };
    let members: Vec<String> = missing.iter().map(member).collect();
    let inside = Span::new(object.span.start + 1, object.span.end - 1);
    let last = if missing.is_empty() { String::new() } else { format!("{end}{outer}") };
    work.splice(inside, members.join(",") + &last);
    for (_, node) in missing {
        report(work, node, How::Inserted, 0);
    }
}

/// Tells what became of every edit below `node`, whose parents up to here had to be made.
pub(super) fn report(work: &mut Work<'_>, node: &Node, how: How, created: usize) {
    match &node.want {
        Some((edits, Want::Absent { .. })) => work.done(edits, How::Already, None, 0),
        Some((edits, _)) => work.done(edits, how, None, created),
        None => {}
    }
    for child in node.children.values() {
        report(work, child, how, created + 1);
    }
}

/// Where a new member goes: after the comment that documents it, else where its name sorts, else at the end.
fn place(
    document: &Document,
    object: &Object<'_>,
    removed: &BTreeSet<usize>,
    doc: Option<&Documented>,
    name: &str,
) -> Addition {
    let open = object.last_open();
    if let Some(doc) = doc.filter(|doc| open.is_none_or(|open| open < doc.gap)) {
        let comma = doc.gap.checked_sub(1).and_then(|_| comma_in(document.text(), object.gap(doc.gap)));
        // A comma that stands after the comment has to come first.
        if comma.is_none_or(|comma| comma < doc.example.start) {
            let (at, indent) = (doc.example.end, Some(document.line_indent(doc.example.start)));
            return Addition { at, gap: doc.gap, indent, at_comment: true, name: name.to_owned() };
        }
    }
    let gap = sorted_gap(object, name)
        .filter(|gap| open.is_none_or(|open| open < *gap))
        .unwrap_or(object.members.len());
    let after = (0..gap).rev().find(|index| !removed.contains(index));
    let (at, indent) = match after {
        Some(index) => after_member(document, object, index),
        None => at_start(document, object),
    };
    Addition { at, gap, indent, at_comment: false, name: name.to_owned() }
}

/// The gap in which `name` sorts, or that before a last member which is to stay last.
fn sorted_gap(object: &Object<'_>, name: &str) -> Option<usize> {
    let wanted = name.to_lowercase();
    if let Some(in_order) = object.sorted() {
        let sorted = object.members.iter().take(in_order);
        return Some(
            sorted
                .take_while(|member| member.name.as_ref().is_some_and(|name| name.to_lowercase() <= wanted))
                .count(),
        );
    }
    let last = object.members.len().checked_sub(1)?;
    let stays = object.members.get(last).and_then(|member| member.name.as_deref()) == Some(STAYS_LAST);
    stays.then_some(last)
}

/// The byte after member `index`, its comma and what else belongs to its line; and the indentation for a line there.
fn after_member(document: &Document, object: &Object<'_>, index: usize) -> (usize, Option<String>) {
    let gap = object.gap(index + 1);
    let from = comma_in(document.text(), gap).map_or(gap.start, |comma| comma + 1);
    let (end, ends_line) = rest_of_line(document.text(), gap, from);
    let is_multiline = document.source(object.span).contains('\n');
    let is_last = index + 1 == object.members.len();
    if ends_line {
        (end, Some(member_indent(document, object, index)))
    } else if is_multiline && is_last {
        (from, Some(member_indent(document, object, index)))
    } else {
        (from, None)
    }
}

/// The byte before the first member, or after the comments of an object without members.
fn at_start(document: &Document, object: &Object<'_>) -> (usize, Option<String>) {
    let gap = object.gap(0);
    let deeper = format!("{}{}", document.line_indent(object.span.start), document.unit());
    if object.members.is_empty() {
        let content = document.source(gap).trim_end();
        let indent = content.lines().last().map(|line| &line[..line.len() - line.trim_start().len()]);
        let indent = indent.filter(|_| content.contains('\n')).map_or(deeper, str::to_owned);
        return (gap.start + content.len(), Some(indent));
    }
    match rest_of_line(document.text(), gap, gap.start) {
        (end, true) => (end, Some(member_indent(document, object, 0))),
        _ => (gap.start, None),
    }
}

fn member_indent(document: &Document, object: &Object<'_>, index: usize) -> String {
    let member = object.members.get(index).map_or(object.span.start, |member| member.span.start);
    match indentation(document.text(), member) {
        Some(indent) => indent.to_owned(),
        None => format!("{}{}", document.line_indent(object.span.start), document.unit()),
    }
}

/// Gives the last member that stays a comma if new ones follow it, and takes one away that nothing needs any more.
fn settle_comma(
    work: &mut Work<'_>,
    object: &Object<'_>,
    last: Option<usize>,
    trailing: Option<usize>,
    followed: bool,
) {
    let Some(member) = last.and_then(|last| object.members.get(last)) else { return };
    let is_last = last == object.members.len().checked_sub(1);
    let gap = object.gap(last.map_or(0, |last| last + 1));
    let comma = if is_last { trailing } else { comma_in(work.document.text(), gap) };
    match (comma, followed || trailing.is_some()) {
        (None, true) => work.splice(Span::empty(member.span.end), ",".to_owned()),
        (Some(comma), false) => work.delete(Span::new(comma, comma + 1)),
        _ => {}
    }
}

/// Takes out the members `removed`: with their lines where they have lines to themselves.
fn delete(work: &mut Work<'_>, object: &Object<'_>, removed: &BTreeSet<usize>, last: Option<usize>) {
    let text = work.document.text();
    for &index in removed {
        let Some(member) = object.members.get(index) else { continue };
        let gap = object.gap(index + 1);
        let after = comma_in(text, gap).map_or(gap.start, |comma| comma + 1);
        let (line_end, ends_line) = rest_of_line(text, gap, after);
        let line_start = indentation(text, member.span.start).map(|indent| member.span.start - indent.len());
        let span = match line_start {
            Some(start) if ends_line => {
                let end =
                    line_end + if text.slice(Span::new(line_end, line_end + 2)) == "\r\n" { 2 } else { 1 };
                Span::new(start, end)
            }
            _ => match object.members.get(index + 1) {
                Some(next) => Span::new(member.span.start, next.span.start),
                None => Span::new(tail_of(work.document, object, last, after > gap.start), after),
            },
        };
        work.delete(span);
    }
}

/// The end of member `last`, or of a comment behind it, from which the members after it are taken out. A comma stays if
/// it is `kept`, and so does the line end of a line comment.
fn tail_of(document: &Document, object: &Object<'_>, last: Option<usize>, kept: bool) -> usize {
    let gap = object.gap(last.map_or(0, |last| last + 1));
    let content = document.source(gap).trim_end();
    let comma = content.strip_suffix(',').filter(|_| !kept);
    let content = comma.unwrap_or(content).trim_end();
    let is_comment = content.lines().last().is_some_and(|line| line.contains("//"));
    if is_comment { gap.end } else { gap.start + content.len() }
}

/// `spans`, sorted, with those that touch made one.
pub(super) fn merged(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    let mut merged: Vec<Span> = Vec::new();
    for span in spans {
        match merged.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => merged.push(span),
        }
    }
    merged
}
