//! Server-side includes: `<!--# echo var="subdomain" default="" -->`.
//!
//! nginx replaces such markers before a browser sees the file. In the file they may stand in a string (even with the
//! string's own quotes inside), between statements or tags, or where a value is expected. Blanking each to as many
//! underscores gives text of equal length that parses in all three places: part of a string, a statement, a name.

use std::borrow::Cow;

use memchr::memmem;

use super::Span;

/// The spans of all server-side-include markers in `source`, in order.
#[must_use]
pub fn markers(source: &str) -> Vec<Span> {
    let find = |from: usize, what: &str| {
        memmem::find(source.as_bytes().get(from..)?, what.as_bytes()).map(|at| from + at)
    };
    let mut found = Vec::new();
    let mut from = 0;
    while let Some((start, end)) = find(from, "<!--#").and_then(|start| Some((start, find(start, "-->")?))) {
        from = end + "-->".len();
        found.push(Span::new(start, from));
    }
    found
}

/// `source` with each marker replaced by underscores; line ends inside a marker stay.
#[must_use]
pub fn masked<'s>(source: &'s str, markers: &[Span]) -> Cow<'s, str> {
    replaced(source, markers, '_')
}

/// `source` with each marker replaced by blanks; line ends inside a marker stay.
#[must_use]
pub fn blanked<'s>(source: &'s str, markers: &[Span]) -> Cow<'s, str> {
    replaced(source, markers, ' ')
}

fn replaced<'s>(source: &'s str, markers: &[Span], letter: char) -> Cow<'s, str> {
    if markers.is_empty() {
        return Cow::Borrowed(source);
    }
    let mut masked = String::with_capacity(source.len());
    for marker in markers {
        masked.push_str(source.get(masked.len()..marker.start).unwrap_or(""));
        let inside = source.get(marker.start..marker.end).unwrap_or("").bytes();
        masked
            .extend(inside.map(|byte| if matches!(byte, b'\n' | b'\r') { char::from(byte) } else { letter }));
    }
    masked.push_str(source.get(masked.len()..).unwrap_or(""));
    Cow::Owned(masked)
}

/// Whether the web server puts nothing in the place of `marker`.
#[must_use]
pub fn is_silent(marker: &str) -> bool {
    let command = marker.trim_start_matches("<!--#").trim_start();
    ["set ", "config ", "comment"].iter().any(|silent| command.starts_with(silent))
}

/// Whether the web server puts another file, or what a program says, in the place of `marker`.
#[must_use]
pub fn brings_code(marker: &str) -> bool {
    let command = marker.trim_start_matches("<!--#").trim_start();
    ["include ", "exec "].iter().any(|bringing| command.starts_with(bringing))
}

/// Whether the marker at `span` is alone on its line, or on its lines: then it is no part of a string or a value.
#[must_use]
pub fn is_outside(source: &str, span: Span) -> bool {
    let before = source.get(..span.start).unwrap_or("").rsplit('\n').next().unwrap_or("");
    let after = source.get(span.end..).unwrap_or("").lines().next().unwrap_or("");
    before.trim().is_empty() && after.trim().trim_end_matches(',').is_empty()
}
