//! The regular expressions of web servers' configurations.
//!
//! Both servers use PCRE. What `regex` cannot do, such as looking around, is told and not guessed.

use std::collections::BTreeMap;

use regex::bytes::RegexBuilder;

/// What a pattern found: the whole and each group, and the groups that have names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Captures {
    pub(super) numbered: Vec<String>,
    pub(super) named: BTreeMap<String, String>,
}

/// Finds `pattern` in `text`.
///
/// # Errors
/// When the pattern is none that is understood; the reason.
pub(super) fn find(pattern: &str, ignore_case: bool, text: &str) -> Result<Option<Captures>, String> {
    let mut builder = RegexBuilder::new(pattern);
    let regex = builder.unicode(false).case_insensitive(ignore_case).size_limit(1 << 20).build();
    let regex = regex.map_err(|_| format!("the pattern `{pattern}` is not understood"))?;
    let Some(found) = regex.captures(text.as_bytes()) else { return Ok(None) };
    let group = |group: Option<regex::bytes::Match<'_>>| {
        String::from_utf8_lossy(group.map(|group| group.as_bytes()).unwrap_or_default()).into_owned()
    };
    let named = regex.capture_names().flatten();
    let named = named.map(|name| (name.to_owned(), group(found.name(name)))).collect();
    Ok(Some(Captures { numbered: found.iter().map(group).collect(), named }))
}
