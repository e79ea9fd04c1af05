//! Entities of XML, bounded before anything expands them.
//!
//! `&ns_svg;` and its like are what drawing programs write, so a document type is read. What all references would
//! expand to is added up first, from the text alone, and counted rather too high than too low.

use std::collections::HashMap;

/// The most bytes that entities may add up to.
pub(super) const LIMIT: u64 = 1 << 20;

/// How deep entities may refer to entities.
const DEPTH: u8 = 16;

/// How much all references in `text` expand to, in bytes, or `None` if that is more than `LIMIT`.
pub(super) fn expansion(text: &str) -> Option<u64> {
    let declared = declared(text);
    if declared.is_empty() {
        return Some(0);
    }
    let mut known = HashMap::new();
    let mut total = 0_u64;
    for name in references(text) {
        if declared.contains_key(name) {
            total = total.saturating_add(expanded(name, &declared, &mut known, DEPTH)?);
        }
        if total > LIMIT {
            return None;
        }
    }
    Some(total)
}

/// The entities declared, each with its values; which of two counts is left to the parser.
fn declared(text: &str) -> HashMap<&str, Vec<&str>> {
    let mut entities: HashMap<&str, Vec<&str>> = HashMap::new();
    for declaration in text.split("<!ENTITY").skip(1) {
        let declaration = declaration.trim_start().trim_start_matches('%').trim_start();
        let Some((name, rest)) = declaration.split_once(|letter: char| letter.is_whitespace()) else {
            continue;
        };
        let Some(start) = rest.find(['"', '\'']) else { continue };
        let quote = if rest.as_bytes().get(start) == Some(&b'"') { '"' } else { '\'' };
        let value = rest.get(start + 1..).unwrap_or_default();
        let value = value.split_once(quote).map_or(value, |(value, _)| value);
        entities.entry(name).or_default().push(value);
    }
    entities
}

/// The names between `&` and `;`, wherever they stand.
fn references(text: &str) -> impl Iterator<Item = &str> {
    text.split('&').skip(1).filter_map(|rest| rest.split_once(';')).map(|(name, _)| name)
}

fn expanded<'a>(
    name: &'a str,
    declared: &HashMap<&'a str, Vec<&'a str>>,
    known: &mut HashMap<&'a str, u64>,
    depth: u8,
) -> Option<u64> {
    if let Some(length) = known.get(name) {
        return Some(*length);
    }
    let deeper = depth.checked_sub(1)?;
    let mut longest = 0;
    for value in declared.get(name).into_iter().flatten() {
        let mut length = u64::try_from(value.len()).unwrap_or(u64::MAX);
        for inner in references(value) {
            if declared.contains_key(inner) {
                length = length.saturating_add(expanded(inner, declared, known, deeper)?);
            }
            if length > LIMIT {
                return None;
            }
        }
        longest = longest.max(length);
    }
    known.insert(name, longest);
    Some(longest)
}
