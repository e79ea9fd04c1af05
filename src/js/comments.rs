//! What the comments of an object document: `// defaultLogoUrl: 'images/watermark.svg',`.
//!
//! Many of upstream's examples do not parse, so they are never uncommented: a comment only says where a key belongs.

use std::collections::HashMap;

use memchr::{memchr, memchr3};

use super::object::Object;
use crate::text::{Span, Text};

/// Where a comment documents a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Documented {
    /// The gap of the object it stands in.
    pub(super) gap: usize,
    /// The lines of the example itself, from the first to the last, without the last line end.
    pub(super) example: Span,
    /// The lines of text right above the example, of comments of either kind.
    pub(super) prose: Span,
}

/// Where `object` documents which key: the first example of each in the runs of whole-line `//` comments.
pub(super) fn documented(text: &Text, object: &Object<'_>) -> HashMap<String, Documented> {
    let mut found = HashMap::new();
    for index in 0..=object.members.len() {
        let gap = object.gap(index);
        // An example is one of lines with slashes, whatever stands above it.
        if !text.slice(gap).contains("//") {
            continue;
        }
        read_gap(text, index, &lines(text, gap), &mut found);
    }
    found
}

/// A line of a gap.
struct Line<'a> {
    number: usize,
    /// What stands after the slashes of a whole-line comment; none for a line of any other kind.
    content: Option<&'a str>,
    /// Whether it is a comment as a whole: one after slashes, or part of a block that began at the start of a line.
    is_comment: bool,
}

/// The lines of `gap`.
fn lines(text: &Text, gap: Span) -> Vec<Line<'_>> {
    let (first, last) = (text.line_of(gap.start), text.line_of(gap.end));
    let (mut in_block, mut is_whole) = (false, false);
    let mut lines = Vec::with_capacity(last + 1 - first);
    for number in first..=last {
        let line = text.slice(whole_line(text, number)).trim_ascii();
        let outside = number == first && text.line_start(number) < gap.start && !starts_line(text, gap.start);
        // A line of a block comment may look like a line comment.
        let content = line.strip_prefix("//").filter(|_| !in_block && !outside);
        // Both marks of a block have a star; most lines that are no comment are empty.
        let mut is_comment = content.is_some() || (in_block && is_whole);
        if content.is_none() && line.contains('*') {
            if !in_block {
                is_whole = line.starts_with("/*") && !outside;
                is_comment = is_whole;
            }
            in_block = opens_block(line, in_block);
        }
        // Behind the end of a block may stand anything.
        is_comment = is_comment && (in_block || content.is_some() || line.ends_with("*/"));
        lines.push(Line { number, content, is_comment });
    }
    lines
}

/// The line `number` with its line end.
fn whole_line(text: &Text, number: usize) -> Span {
    Span::new(text.line_start(number), text.line_start(number + 1))
}

fn starts_line(text: &Text, at: usize) -> bool {
    super::object::indentation(text, at).is_some()
}

fn opens_block(line: &str, in_block: bool) -> bool {
    let (opened, closed) = (line.rfind("/*"), line.rfind("*/"));
    match (opened, closed) {
        (Some(opened), Some(closed)) => opened > closed,
        (Some(_), None) => true,
        (None, Some(_)) => false,
        (None, None) => in_block,
    }
}

fn read_gap(text: &Text, gap: usize, lines: &[Line<'_>], found: &mut HashMap<String, Documented>) {
    let mut index = 0;
    let mut prose_from = 0;
    while let Some(line) = lines.get(index) {
        let Some((key, value)) = line.content.and_then(key_of) else {
            index += 1;
            if !line.is_comment {
                prose_from = index;
            }
            continue;
        };
        let length = 1 + example_length(value, lines.get(index + 1..).unwrap_or_default());
        if !found.contains_key(key) {
            let last = lines.get(index + length - 1).unwrap_or(line);
            let example = lines_span(text, line.number, last.number);
            let prose_line = lines.get(prose_from).map_or(line.number, |line| line.number);
            let prose = Span::new(text.line_start(prose_line), example.start);
            found.insert(key.to_owned(), Documented { gap, example, prose });
        }
        index += length;
        prose_from = index;
    }
}

/// The key that a comment line starts an example of, and the text after its colon.
fn key_of(content: &str) -> Option<(&str, &str)> {
    // Most comments are prose.
    memchr(b':', content.as_bytes())?;
    let content = content.trim_start_matches('/').trim_start();
    let end = content.bytes().position(|byte| matches!(byte, b' ' | b'\t' | b':'))?;
    let (key, rest) = content.split_at(end);
    let value = rest.trim_start().strip_prefix(':')?;
    let unquoted = |quote: char| key.strip_prefix(quote).and_then(|key| key.strip_suffix(quote));
    let bare = unquoted('\'').or_else(|| unquoted('"')).unwrap_or(key);
    let plain = !bare.is_empty()
        && bare.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '_' | '$' | '-' | '.'));
    plain.then_some((bare, value))
}

/// How many of the `following` lines belong to an example that starts with `value`: until its brackets balance, over
/// blank lines too. One that never balances (upstream has some) ends with its run of comment lines.
fn example_length(value: &str, following: &[Line<'_>]) -> usize {
    let mut depth = nesting(value);
    if depth == 0 && value.trim().is_empty() {
        let continues = |line: &Line<'_>| line.content.is_some_and(|content| key_of(content).is_none());
        return usize::from(following.first().is_some_and(continues));
    }
    if depth <= 0 {
        return 0;
    }
    for (index, line) in following.iter().enumerate() {
        depth += line.content.map_or(0, nesting);
        if depth <= 0 {
            return index + 1;
        }
    }
    following.iter().take_while(|line| line.content.is_some()).count()
}

/// How many brackets `line` opens more than it closes, outside quotes and after-comments.
fn nesting(line: &str) -> i32 {
    let has = |[one, two, three]: [u8; 3]| memchr3(one, two, three, line.as_bytes()).is_some();
    // Most lines have none.
    if !has(*b"{[(") && !has(*b"}])") {
        return 0;
    }
    let mut quote = None;
    let mut depth = 0;
    let mut before = b' ';
    for byte in line.trim_start_matches(['/', ' ']).bytes() {
        match (quote, byte) {
            (Some(open), byte) if byte == open => quote = None,
            (None, b'\'' | b'"' | b'`') => quote = Some(byte),
            (None, b'/') if before == b'/' => break,
            (None, b'{' | b'[' | b'(') => depth += 1,
            (None, b'}' | b']' | b')') => depth -= 1,
            _ => {}
        }
        before = byte;
    }
    depth
}

fn lines_span(text: &Text, first: usize, last: usize) -> Span {
    let last = whole_line(text, last);
    let end = last.start + text.slice(last).trim_end_matches(['\n', '\r']).len();
    Span::new(text.line_start(first), end)
}

/// The text of comment lines, without their slashes and common blanks.
pub(super) fn uncommented(source: &str) -> String {
    let lines = source.lines().map(|line| {
        let line = line.trim();
        let content = match line.strip_prefix("//") {
            Some(content) => content.trim_start_matches('/'),
            None => line.trim_end_matches("*/").trim_start_matches('/').trim_start_matches('*'),
        };
        content.strip_prefix(' ').unwrap_or(content).trim_end()
    });
    lines.collect::<Vec<_>>().join("\n")
}
