//! What `explain` tells.

use std::fmt::Write as _;

use super::totals::counted;
use super::{BOLD, styled};
use crate::catalogue::{ConfigFile, Reader};
use crate::deeds::{Explanation, WishExplanation};
use crate::fault::Place;
use crate::path::SitePath;
use crate::value::KeyPath;

/// A key in one file: value in force, who set it, type, default, history, and upstream's own comment. Places are told as
/// `named` calls them.
#[must_use]
pub fn explanation(found: &Explanation, named: &dyn Fn(&Place) -> Place) -> String {
    let mut out = format!("{} in {}\n", styled(BOLD, &found.at), found.path);
    let value = found.value.as_ref().map_or("not set".to_owned(), ToString::to_string);
    let by = match (&found.wish, found.is_ours) {
        (Some(wish), true) => format!(", set by `{}` at {}", wish.name, named(&wish.place)),
        (Some(wish), false) => format!("; `{}` at {} wants another value", wish.name, named(&wish.place)),
        (None, _) => String::new(),
    };
    let _ = writeln!(out, "  value    {value}{by}");
    if let Some(key) = &found.key {
        let _ = writeln!(out, "  type     {}", key.expected());
        if let Some(fallback) = &key.fallback {
            let _ = writeln!(out, "  default  {fallback}, when it is not set");
        }
        if let Some(shipped) = key.states.last().and_then(|state| state.default.as_ref()) {
            let _ = writeln!(out, "  shipped  {shipped}");
        }
        if key.read == Reader::Nobody {
            let since = key.read_until.map_or(String::new(), |until| format!(" since {until}"));
            let _ = writeln!(out, "  read     by no client{since}");
        }
        for (index, line) in key.history().iter().enumerate() {
            let _ = writeln!(out, "  {}  {line}", if index == 0 { "history" } else { "       " });
        }
        for note in &key.notes {
            let _ = writeln!(out, "  note     {note}");
        }
    }
    if let Some(documentation) = &found.documentation {
        let _ = writeln!(out, "  comment, line {}:", documentation.line);
        for line in documentation.prose.lines().chain(documentation.example.lines()) {
            let _ = writeln!(out, "    {line}");
        }
    }
    out
}

/// A wish: what it is, what is wished here and where, and what carries it. Of translations only how many.
#[must_use]
pub fn wish(found: &WishExplanation, named: &dyn Fn(&Place) -> Place) -> String {
    let mut out = styled(BOLD, &found.name);
    match found.key {
        Some(key) => {
            let _ = writeln!(out, " of brand.toml: {}", key.doc);
        }
        None => out.push_str(", a wish of a patch\n"),
    }
    let place = found.place.as_ref().map(|place| format!(" at {}", named(place)));
    match (&found.value, place) {
        (Some(value), Some(place)) => _ = writeln!(out, "  wished   {value}{place}"),
        (None, Some(place)) => _ = writeln!(out, "  wished  {place}"),
        (_, None) => out.push_str("  wished   not wished here\n"),
    }
    if let Some(key) = found.key {
        let _ = writeln!(out, "  example  {}", key.example);
    }
    let is_string = |path: &SitePath| path.as_str().contains("/lang/");
    let (strings, keys): (Vec<_>, Vec<_>) = found.carriers.iter().partition(|(path, _)| is_string(path));
    let mut lines: Vec<String> = keys.iter().map(|(path, at)| format!("{at} in {path}")).collect();
    if !strings.is_empty() {
        lines.push(format!("{} of the translations", counted(strings.len(), "string")));
    }
    for (index, line) in lines.iter().enumerate() {
        let _ = writeln!(out, "  {} {line}", if index == 0 { "carried " } else { "        " });
    }
    out
}

/// The names that are near to one that nothing is known of.
#[must_use]
pub fn nearest(near: &[(ConfigFile, KeyPath)], wish: Option<&str>) -> Option<String> {
    let keys = near.iter().map(|(file, path)| format!("`{path}` of {}", file.file_name()));
    let names: Vec<String> =
        wish.map(|wish| format!("`{wish}` of brand.toml")).into_iter().chain(keys).collect();
    (!names.is_empty()).then(|| format!("did you mean {}?", names.join(" or ")))
}
