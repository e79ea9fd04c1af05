//! Server-side includes: `<!--# echo var="subdomain" default="" -->`.
//!
//! nginx replaces such markers before a browser sees the file. In the file they may stand in a string (even with the
//! string's own quotes inside), between statements, or where a value is expected. Blanking each to as many
//! underscores gives text of equal length that parses in all three places: part of a string, a statement, a name.

use crate::text::Span;

/// The spans of all server-side-include markers in `source`, in order.
#[must_use]
pub(super) fn markers(source: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = source.get(from..).and_then(|rest| rest.find("<!--#")).map(|at| from + at) {
        let Some(length) = source.get(start..).and_then(|rest| rest.find("-->")) else { break };
        from = start + length + "-->".len();
        found.push(Span::new(start, from));
    }
    found
}

/// `source` with each marker replaced by underscores; line ends inside a marker stay.
#[must_use]
pub(super) fn masked(source: &str, markers: &[Span]) -> String {
    let mut bytes = source.as_bytes().to_vec();
    for marker in markers {
        for byte in bytes.iter_mut().take(marker.end).skip(marker.start) {
            if !matches!(*byte, b'\n' | b'\r') {
                *byte = b'_';
            }
        }
    }
    // Whole markers are overwritten, and a marker starts and ends with ASCII, so this stays UTF-8.
    String::from_utf8(bytes).unwrap_or_else(|_| source.to_owned())
}
