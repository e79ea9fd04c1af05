//! The choice of a location for an address, as nginx makes it.
//!
//! In each block: an exact one ends the search; else the longest prefix is remembered and its own locations are looked
//! through; else the first pattern that fits wins, unless the prefix said `^~`.

use super::Directive;
use crate::webserver::pattern::{self, Captures};

/// How a location says what it is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Match<'l> {
    /// `= /path`
    Exact(&'l str),
    /// `/path`, or `^~ /path`, which keeps patterns away.
    Prefix { prefix: &'l str, is_last_word: bool },
    /// `~ pattern`, or `~* pattern`, which takes large letters for small ones.
    Pattern { pattern: &'l str, ignore_case: bool },
    /// `@name`
    Named(&'l str),
}

impl<'l> Match<'l> {
    /// What `location` is for.
    pub(super) fn of(location: &'l Directive) -> Self {
        let first = location.word(0);
        let (kind, rest) = if location.words.len() > 1 { (first, location.word(1)) } else { attached(first) };
        match kind {
            "=" => Match::Exact(rest),
            "^~" => Match::Prefix { prefix: rest, is_last_word: true },
            "~" => Match::Pattern { pattern: rest, ignore_case: false },
            "~*" => Match::Pattern { pattern: rest, ignore_case: true },
            _ if rest.starts_with('@') => Match::Named(rest),
            _ => Match::Prefix { prefix: rest, is_last_word: false },
        }
    }
}

/// nginx takes `=/path` and `~^/path` as well.
fn attached(word: &str) -> (&str, &str) {
    for kind in ["=", "^~", "~*", "~"] {
        if let Some(rest) = word.strip_prefix(kind) {
            return (kind, rest);
        }
    }
    ("", word)
}

/// What was found for an address: the locations from the outermost in, and what the last pattern found.
#[derive(Debug, Default)]
pub(super) struct Located<'c> {
    pub(super) path: Vec<&'c Directive>,
    pub(super) captures: Option<Captures>,
}

/// Finds the location among `directives` for `uri`.
///
/// # Errors
/// When a pattern is not understood; the reason.
pub(super) fn locate<'c>(directives: &'c [Directive], uri: &str) -> Result<Located<'c>, String> {
    let mut located = Located::default();
    search(directives, uri, &mut located)?;
    Ok(located)
}

/// The location `name`, such as `@fallback`.
pub(super) fn named<'c>(directives: &'c [Directive], name: &str) -> Option<&'c Directive> {
    locations(directives).find(|location| Match::of(location) == Match::Named(name))
}

/// Every location that stands right in `directives`.
pub(super) fn locations(directives: &[Directive]) -> impl Iterator<Item = &Directive> {
    directives.iter().filter(|directive| directive.name == "location")
}

/// Whether the search is over.
fn search<'c>(directives: &'c [Directive], uri: &str, located: &mut Located<'c>) -> Result<bool, String> {
    if let Some(exact) = locations(directives).find(|location| Match::of(location) == Match::Exact(uri)) {
        located.path.push(exact);
        return Ok(true);
    }
    let mut patterns_count = true;
    let depth = located.path.len();
    if let Some((_, is_last_word, location)) = longest(directives, uri) {
        patterns_count = !is_last_word;
        located.path.push(location);
        if search(&location.block, uri, located)? {
            return Ok(true);
        }
    }
    for location in locations(directives).filter(|_| patterns_count) {
        let Match::Pattern { pattern, ignore_case } = Match::of(location) else { continue };
        if let Some(captures) = pattern::find(pattern, ignore_case, uri)? {
            located.path.truncate(depth);
            located.path.push(location);
            located.captures = Some(captures);
            search(&location.block, uri, located)?;
            return Ok(true);
        }
    }
    Ok(false)
}

fn longest<'c>(directives: &'c [Directive], uri: &str) -> Option<(usize, bool, &'c Directive)> {
    let fitting = locations(directives).filter_map(|location| match Match::of(location) {
        Match::Prefix { prefix, is_last_word } if uri.starts_with(prefix) => {
            Some((prefix.len(), is_last_word, location))
        }
        _ => None,
    });
    fitting.max_by_key(|(length, ..)| *length)
}
