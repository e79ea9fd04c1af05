//! The guard before the parser: swc's recursion aborts the process on deep nesting, so depth is counted first.
//!
//! Skips strings and comments well enough for a count; a regular expression literal can mislead it for a line.

/// Deeper than any configuration file nests, far below what overflows a stack.
pub(super) const LIMIT: usize = 256;

/// The byte of the bracket that nests deeper than `LIMIT`, if there is one.
#[must_use]
pub(super) fn too_deep(source: &str) -> Option<usize> {
    let bytes = source.as_bytes();
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'(' | b'[' | b'{' => {
                depth += 1;
                if depth > LIMIT {
                    return Some(at);
                }
            }
            b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            b'\'' | b'"' | b'`' => at = after_string(bytes, at),
            b'/' => at = after_comment(bytes, at),
            _ => {}
        }
        at += 1;
    }
    None
}

/// The last byte of the string that starts at `start`; only a template may span lines.
fn after_string(bytes: &[u8], start: usize) -> usize {
    let quote = bytes.get(start).copied().unwrap_or_default();
    let mut at = start + 1;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 1,
            b'\n' if quote != b'`' => return at,
            byte if byte == quote => return at,
            _ => {}
        }
        at += 1;
    }
    at
}

/// The last byte of the comment that starts at `start`, or `start` if none does.
fn after_comment(bytes: &[u8], start: usize) -> usize {
    let rest = bytes.get(start..).unwrap_or_default();
    if rest.starts_with(b"//") {
        start + rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len())
    } else if rest.starts_with(b"/*") {
        start + 1 + rest.windows(2).skip(2).position(|pair| pair == b"*/").map_or(rest.len(), |at| at + 2)
    } else {
        start
    }
}
