//! Whether a condition holds. What nobody can tell does not hold, in either direction.

use super::view::{Fact, View};
use crate::catalogue::{AssetTest, Condition, ConfigFile, KeyTest};
use crate::js::Known;
use crate::value::{KeyPath, Value};

/// The keys that make `condition` hold, in the order of the data; none if it does not hold. `named` are all keys
/// of the lint.
pub(super) fn holds(
    condition: &Condition,
    view: &View<'_>,
    named: &[(ConfigFile, &KeyPath)],
) -> Option<Vec<(ConfigFile, KeyPath)>> {
    match condition {
        Condition::All(all) => {
            let parts: Option<Vec<_>> = all.iter().map(|part| holds(part, view, named)).collect();
            parts.map(|parts| parts.concat())
        }
        Condition::Any(any) => {
            let parts: Vec<_> = any.iter().filter_map(|part| holds(part, view, named)).collect();
            (!parts.is_empty()).then(|| parts.concat())
        }
        Condition::Key { file, path, is } => {
            is_so(view, *file, path, is).then(|| vec![(*file, path.clone())])
        }
        Condition::Asset(test) => asset(view, test).then(Vec::new),
        Condition::Client { since } => view.is_of(*since, named).then(Vec::new),
    }
}

/// Every key that `condition` names.
pub(super) fn named(condition: &Condition) -> Vec<(ConfigFile, &KeyPath)> {
    match condition {
        Condition::All(several) | Condition::Any(several) => several.iter().flat_map(named).collect(),
        Condition::Key { file, path, .. } => vec![(*file, path)],
        Condition::Asset(_) | Condition::Client { .. } => Vec::new(),
    }
}

fn is_so(view: &View<'_>, file: ConfigFile, path: &KeyPath, test: &KeyTest) -> bool {
    let known = match view.fact(file, path) {
        Fact::Is(known) => known,
        Fact::Missing => return is_missing(view, file, path, test),
        Fact::Unclear => return false,
    };
    let string = if let Known::String(string) = known { Some(string.as_str()) } else { None };
    match test {
        KeyTest::Set => true,
        KeyTest::Filled => *known != Known::Null && string != Some(""),
        KeyTest::Changed => view.is_own(file, path, known),
        KeyTest::Unset | KeyTest::Removed => false,
        KeyTest::Empty => string == Some(""),
        KeyTest::Default => view.is_shipped(file, path, known),
        KeyTest::Equals(value) => is_certainly(known, value),
        KeyTest::Differs(value) => differs(known, value),
        KeyTest::Lacks(part) => string.is_some_and(|string| !string.contains(part)),
        KeyTest::Schemeless => string.is_some_and(is_schemeless),
        KeyTest::UnfitForCss => string.is_some_and(|string| string.contains(is_unfit_for_css)),
    }
}

fn is_missing(view: &View<'_>, file: ConfigFile, path: &KeyPath, test: &KeyTest) -> bool {
    match test {
        KeyTest::Unset | KeyTest::Differs(_) => true,
        KeyTest::Removed => view.base(file).is_some_and(|base| base.value(path).is_some()),
        _ => false,
    }
}

fn asset(view: &View<'_>, test: &AssetTest) -> bool {
    let outcome = view.outcome;
    match test {
        AssetTest::Contains(file, part) => {
            outcome.assets.iter().any(|(name, asset)| name == file && asset.as_str().contains(part.as_str()))
        }
        AssetTest::Missing(file) => outcome.missing.iter().any(|name| name == file),
    }
}

/// Whether `link`, which is not empty, is what RFC 3986 calls a path without scheme.
fn is_schemeless(link: &str) -> bool {
    let has_scheme = link.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|first: char| first.is_ascii_alphabetic())
            && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-".contains(&byte))
    });
    !link.is_empty() && !link.starts_with(['/', '?', '#']) && !has_scheme
}

fn is_unfit_for_css(letter: char) -> bool {
    letter.is_ascii_whitespace() || matches!(letter, '\'' | '"' | '(' | ')' | '\\')
}

fn is_certainly(known: &Known, value: &Value) -> bool {
    *known == Known::from(value)
}

/// Whether `known` is certainly another value than `value`.
pub(super) fn differs(known: &Known, value: &Value) -> bool {
    known.to_value().is_some() && !is_certainly(known, value)
}
