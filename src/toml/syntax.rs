//! What the TOML parser says, in words for the people who wrote the file, with hints.
//!
//! The parser recovers and goes on; what never closes makes it stumble over every later line. Such a fault is
//! told once, where it opens, and the lines it swallowed are not judged.

use std::ops::RangeInclusive;

use ::toml::de::Error;

use super::{Content, Entry, Faults, Node};
use crate::text::{Span, Text};

/// The hint where there is no better one.
const RULES: &str = "the rules of TOML are at https://toml.io/";

/// A complaint of the parser, at the place to blame, and the lines that cannot be judged because of it.
struct Complaint {
    span: Span,
    message: String,
    hint: String,
    lines: RangeInclusive<usize>,
}

/// The faults behind `errors`, one for each line.
pub(super) fn faults<'a>(file: &'a str, text: &'a Text, entries: &[Entry], errors: &[Error]) -> Faults<'a> {
    let mut complaints: Vec<Complaint> = Vec::new();
    let mut found: Vec<Complaint> = errors.iter().map(|error| complaint(text, entries, error)).collect();
    found.extend(conflicts(text));
    // Of what begins on the same line the widest comes first and covers the others.
    found.sort_by_key(|new| (*new.lines.start(), std::cmp::Reverse(*new.lines.end()), new.span.start));
    for new in found {
        let told = complaints.last().is_some_and(|last| last.lines.contains(new.lines.start()));
        if !told {
            complaints.push(new);
        }
    }
    let broken = complaints.iter().map(|complaint| complaint.lines.clone()).collect();
    let mut faults = Faults::new(file, text, broken);
    for complaint in complaints {
        faults.add_syntax(complaint.span, complaint.message, complaint.hint);
    }
    faults
}

/// The places where a merge of git left both sides, each from its first mark to its last.
fn conflicts(text: &Text) -> Vec<Complaint> {
    let mut found: Vec<Complaint> = Vec::new();
    let mut opened = None;
    for (index, line) in text.as_str().lines().enumerate() {
        if line.starts_with("<<<<<<< ") {
            opened = opened.or(Some(index + 1));
        } else if let Some(first) = opened.filter(|_| line.starts_with(">>>>>>> ")) {
            let start = text.line_start(first);
            found.push(Complaint {
                span: Span::new(start, start + MARK),
                message: "a merge of git left both sides here".to_owned(),
                hint: format!(
                    "keep one side, and take the lines of the marks out, down to line {}",
                    index + 1
                ),
                lines: first..=index + 1,
            });
            opened = None;
        }
    }
    found
}

/// How long a mark of git is.
const MARK: usize = 7;

fn complaint(text: &Text, entries: &[Entry], error: &Error) -> Complaint {
    let span = error.span().map_or(Span::empty(0), |range| Span::new(range.start, range.end));
    let swallowed = (error.message().starts_with("unclosed")
        || error.message().starts_with("invalid multi-line"))
    .then(|| entries.iter().find_map(|entry| opening(text, &entry.node, span.start)))
    .flatten();
    if let Some(node) = swallowed {
        return unclosed(text, node);
    }
    let line = text.line_of(span.start);
    let last =
        if error.message().starts_with("unclosed table") { before_next_header(text, line) } else { line };
    let (message, hint) = reworded(text, span, error.message());
    Complaint { span, message, hint, lines: line..=last }
}

/// The outermost list, inline table or text that runs over several lines into byte `at`.
fn opening<'n>(text: &Text, node: &'n Node, at: usize) -> Option<&'n Node> {
    let here = text.slice(node.span).contains('\n') && (node.span.start..=node.span.end).contains(&at);
    match &node.content {
        Content::Table(entries) if text.slice(node.span).starts_with('[') => {
            entries.iter().find_map(|entry| opening(text, &entry.node, at))
        }
        Content::Table(entries) if !here => entries.iter().find_map(|entry| opening(text, &entry.node, at)),
        _ => here.then_some(node),
    }
}

fn unclosed(text: &Text, node: &Node) -> Complaint {
    let (what, end) = match &node.content {
        Content::List(_) => ("list", "]"),
        Content::Table(_) => ("inline table", "}"),
        _ if text.slice(node.span).starts_with('\'') => ("text", "'''"),
        _ => ("text", "\"\"\""),
    };
    Complaint {
        span: Span::new(node.span.start, node.span.start + 1),
        message: format!("the {what} that opens here is not closed"),
        hint: format!("close it with `{end}`"),
        lines: text.line_of(node.span.start)..=usize::MAX,
    }
}

/// The last line of the table that starts at `line`.
fn before_next_header(text: &Text, line: usize) -> usize {
    let next = text.as_str().lines().enumerate().skip(line).find(|(_, source)| source.starts_with('['));
    next.map_or(usize::MAX, |(index, _)| index)
}

fn reworded(text: &Text, span: Span, said: &str) -> (String, String) {
    let written = text.slice(span);
    let word = written.starts_with(char::is_alphabetic)
        && (said.starts_with("invalid boolean") || said.starts_with("invalid float"));
    if word || said.starts_with("string values must be quoted") {
        return unquoted(written, rest_of_line(text, span));
    }
    if said.starts_with("duplicate key") {
        let hint = "every key and every table may be written once";
        return (format!("`{written}` is written twice"), hint.to_owned());
    }
    for (start, quote) in
        [("invalid basic string, expected `\"`", '"'), ("invalid literal string, expected `'`", '\'')]
    {
        if said == start {
            return ("the text is not closed".to_owned(), format!("close it with `{quote}`"));
        }
    }
    let before = text.as_str().get(..span.start).unwrap_or("");
    if let Some(told) = mispunctuated(before, text.as_str().get(span.start..).unwrap_or(""), said) {
        return told;
    }
    if said.starts_with("unexpected key or value") && before.ends_with(['\'', '"']) {
        let hint = "text ends at its second quote: put what holds a `'` into `\"`, and write `\\\"` for a `\"` inside";
        return ("there is more after the text".to_owned(), hint.to_owned());
    }
    let (message, hint) = match said.split_once(", expected ") {
        Some((message, expected)) if expected != "nothing" => (message, format!("expected {expected}")),
        Some((message, _)) => (message, RULES.to_owned()),
        None => (said, RULES.to_owned()),
    };
    (message.to_owned(), hint)
}

/// What comes of the punctuation of other languages: `before` and `rest` are the text around the place.
fn mispunctuated(before: &str, rest: &str, said: &str) -> Option<(String, String)> {
    let before = before.lines().next_back().unwrap_or("").trim();
    let rest = rest.lines().next().unwrap_or("");
    let value = || rest.get(1..).unwrap_or("").trim();
    let key = before.trim_end_matches('=').trim_end();
    let (message, hint) = match rest.chars().next()? {
        '=' if said.starts_with("extra `=`") => {
            ("there is a second `=`".to_owned(), format!("write one: `{key} = {}`", value()))
        }
        ':' if !before.is_empty() && !before.contains(['=', '"', '\'']) => {
            let message = "a key is followed by `=` in TOML, not by `:`".to_owned();
            (message, format!("write `{key} = {}`", value()))
        }
        end @ (',' | ';') if before.contains('=') && value().is_empty() => {
            let name = if end == ',' { "comma" } else { "semicolon" };
            (format!("a {name} after a value"), "take it out: a line ends without one".to_owned())
        }
        _ if said.starts_with("missing opening quote") => {
            let value = rest.trim().trim_end_matches(['"', '\'']);
            ("the text is not opened".to_owned(), format!("write `\"{value}\"`"))
        }
        _ => return None,
    };
    Some((message, hint))
}

/// What follows `span` on its line, and `span` itself.
fn rest_of_line(text: &Text, span: Span) -> &str {
    let rest = text.as_str().get(span.start..).unwrap_or("");
    rest.lines().next().unwrap_or("").trim()
}

/// A value without quotes: `written` is what the parser took for it, `rest` the line from there.
fn unquoted(written: &str, rest: &str) -> (String, String) {
    let whole = if rest.contains([',', ']', '}', '#', '=']) || written.is_empty() { written } else { rest };
    let plain = whole.trim_matches(['\u{201c}', '\u{201d}', '\u{201e}', '\u{2018}', '\u{2019}']);
    let (message, hint) = match whole.to_lowercase().as_str() {
        "" if rest.starts_with('#') => (
            "a value is missing after `=`".to_owned(),
            "outside quotes a `#` starts a comment: put the value in quotes".to_owned(),
        ),
        "" => ("a value is missing after `=`".to_owned(), "write it, or put `#` before the line".to_owned()),
        "yes" | "on" | "true" => (format!("`{whole}` is no value"), "write `true`".to_owned()),
        "no" | "off" | "false" => (format!("`{whole}` is no value"), "write `false`".to_owned()),
        "null" | "undefined" => (
            format!("`{whole}` is no value in TOML"),
            "in a patch, write it in quotes below `[raw]`".to_owned(),
        ),
        _ if plain != whole => {
            ("curly quotes are no quotes".to_owned(), format!("write straight ones: `\"{plain}\"`"))
        }
        _ => (format!("`{whole}` is no value"), format!("write it in quotes: `\"{whole}\"`")),
    };
    (message, hint)
}
