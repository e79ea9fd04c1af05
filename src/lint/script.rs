//! Where a text that a web server puts between `<script>` and `</script>` does not stay between them: HTML knows
//! nothing of JavaScript's strings and comments.

use crate::text::include;

/// Where a browser leaves the script around `source` too early, at `</script`, or misses its end, for a `<script` behind
/// `<!--` (HTML 13.2.5, from the script data state to the double escaped ones).
pub(super) fn leak(source: &str) -> Option<usize> {
    // The web server takes its own directives out before a browser sees them.
    let seen = include::masked(source, &include::markers(source));
    let (mut is_escaped, mut inner) = (false, None);
    for (at, _) in seen.match_indices(['<', '-']) {
        let rest = seen.get(at..).unwrap_or("");
        if rest.starts_with("<!--") {
            is_escaped = true;
        } else if rest.starts_with("-->") {
            (is_escaped, inner) = (false, None);
        } else if is_tag(rest, "</script") {
            // The end of an inner one is none of the page's.
            if inner.take().is_none() {
                return Some(at);
            }
        } else if is_escaped && is_tag(rest, "<script") {
            inner = inner.or(Some(at));
        }
    }
    inner
}

/// Whether `rest` begins with the tag that `start` opens.
fn is_tag(rest: &str, start: &str) -> bool {
    let is_start = rest.get(..start.len()).is_some_and(|tag| tag.eq_ignore_ascii_case(start));
    let ends = |next: char| matches!(next, '\t' | '\n' | '\u{c}' | '\r' | ' ' | '/' | '>');
    is_start && rest.get(start.len()..).is_some_and(|rest| rest.chars().next().is_none_or(ends))
}
