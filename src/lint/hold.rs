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
        Condition::All { all } => {
            let parts: Option<Vec<_>> = all.iter().map(|part| holds(part, view, named)).collect();
            parts.map(|parts| parts.concat())
        }
        Condition::Any { any } => {
            let parts: Vec<_> = any.iter().filter_map(|part| holds(part, view, named)).collect();
            (!parts.is_empty()).then(|| parts.concat())
        }
        Condition::Key { file, path, test } => {
            is_so(view, *file, path, test).then(|| vec![(*file, path.clone())])
        }
        Condition::Asset(test) => asset(view, test).then(Vec::new),
        Condition::Client { since } => view.is_of(*since, named).then(Vec::new),
    }
}

/// Every key that `condition` names.
pub(super) fn named(condition: &Condition) -> Vec<(ConfigFile, &KeyPath)> {
    match condition {
        Condition::All { all: several } | Condition::Any { any: several } => {
            several.iter().flat_map(named).collect()
        }
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
        KeyTest::Matches(pattern) => string.is_some_and(|string| pattern.find(string).is_some()),
        KeyTest::NotMatches(pattern) => string.is_some_and(|string| pattern.find(string).is_none()),
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
        AssetTest::AssetContains(file, part) => {
            outcome.assets.iter().any(|(name, asset)| name == file && asset.as_str().contains(part.as_str()))
        }
        AssetTest::AssetMissing(file) => outcome.missing.iter().any(|name| name == file),
    }
}

fn is_certainly(known: &Known, value: &Value) -> bool {
    *known == Known::from(value)
}

/// Whether `known` is certainly another value than `value`.
pub(super) fn differs(known: &Known, value: &Value) -> bool {
    known.to_value().is_some() && !is_certainly(known, value)
}
