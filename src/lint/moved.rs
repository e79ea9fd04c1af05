//! Keys that moved: which of the old and the new one loses, and whether anything is lost by it.

use super::Hit;
use super::hold::differs;
use super::view::{Fact, Suspect, View};
use crate::catalogue::{self, Carry, ConfigFile, Move, Rule};
use crate::js::Known;
use crate::value::{KeyPath, Value};

/// Old keys of `file` that moved by `rule` and are set together with their successor, where the value that somebody
/// gave one of the two is lost.
pub(super) fn both_set(rule: Rule, file: Option<ConfigFile>, view: &View<'_>) -> Vec<Hit> {
    hits(file, view, |old, to| {
        let Fact::Is(new) = view.fact(to.file, &to.path) else { return false };
        let loser_is_own = match rule {
            Rule::OldWins => view.is_own(to.file, &to.path, new),
            _ => view.is_owned(old),
        };
        to.rule == rule
            && loser_is_own
            && carried(old.known, to.carry).is_some_and(|value| differs(new, &value))
    })
}

/// Old keys of `file` that moved by `rule` and that somebody gave a value, while their successor has none.
pub(super) fn set_alone(rule: Rule, file: Option<ConfigFile>, view: &View<'_>) -> Vec<Hit> {
    hits(file, view, |old, to| {
        to.rule == rule
            && matches!(view.fact(to.file, &to.path), Fact::Missing)
            && view.is_owned(old)
            && !is_fallback(old, to)
    })
}

/// Old keys that somebody gave a value, and that `object` switches off without holding that value itself.
pub(super) fn switched_off(object: &KeyPath, file: Option<ConfigFile>, view: &View<'_>) -> Vec<Hit> {
    if !matches!(view.fact(ConfigFile::Config, object), Fact::Is(_)) {
        return Vec::new();
    }
    hits(file, view, |old, to| {
        to.file == ConfigFile::Config
            && to.switched_off_by().as_ref() == Some(object)
            && view.is_owned(old)
            && match view.fact(to.file, &to.path) {
                Fact::Is(new) => carried(old.known, to.carry).is_some_and(|value| differs(new, &value)),
                Fact::Missing => !is_fallback(old, to),
                Fact::Unclear => false,
            }
    })
}

/// The old keys of `file` with those of their successors for which `is_lost`, in a client that knows them.
fn hits(
    file: Option<ConfigFile>,
    view: &View<'_>,
    is_lost: impl Fn(&Suspect<'_>, &Move) -> bool,
) -> Vec<Hit> {
    let mut found = Vec::new();
    for old in view.suspects().filter(|old| file.is_none_or(|file| old.file == file)) {
        let is_known = |to: &&Move| {
            let since = match to.rule {
                Rule::NotTranslated => old.key.unread_since(to.since),
                _ => Some(to.since),
            };
            since.is_some_and(|since| view.is_of(since, &[(to.file, &to.path)]))
        };
        let lost = old.key.moved_to.iter().filter(|to| is_lost(old, to)).filter(is_known);
        let new: Vec<(ConfigFile, KeyPath)> = lost.map(|to| (to.file, to.path.clone())).collect();
        if let Some(first) = new.first().cloned() {
            let keys = std::iter::once((old.file, old.key.path.clone())).chain(new).collect();
            // Where the new one is set, there is nothing to set.
            let is_set = matches!(view.fact(first.0, &first.1), Fact::Is(_));
            found.push(Hit { keys, instead: Some(first).filter(|_| !is_set), ..Hit::default() });
        }
    }
    found
}

/// Whether the client does what the old key says anyway, without the new one.
fn is_fallback(old: &Suspect<'_>, to: &Move) -> bool {
    let fallback = catalogue::key(to.file, &to.path).and_then(|new| new.fallback);
    fallback.is_some() && fallback == carried(old.known, to.carry)
}

/// The value that the new key has to hold for the old one; none if that cannot be told.
fn carried(old: &Known, carry: Carry) -> Option<Value> {
    match (carry, old) {
        (Carry::Same, old) => old.to_value(),
        (Carry::Inverted, Known::Bool(flag)) => Some(Value::Bool(!flag)),
        _ => None,
    }
}
