//! The lists that a client uses while its `config.js` sets none, through the years.

use serde::Deserialize;

use super::date::Date;
use super::file::ConfigFile;
use super::key::{key, name};
use super::moves::{Carry, Rule};
use super::table::{Table, parse};
use crate::value::{KeyPath, Value};

/// The list that a client of `day` or newer uses while the key `path` of `file` is unset, where that is known: what came
/// into it later stands at its end, for a client passes over what it does not know. An old key stands for the one that
/// took its place.
#[must_use]
pub fn default_list(file: ConfigFile, path: &KeyPath, day: Date) -> Option<Vec<Value>> {
    if file == ConfigFile::Config
        && let Some(default) = on(path, day)
    {
        return Some(default);
    }
    let key = key(file, path)?;
    let honoured = |rule| matches!(rule, Rule::NewWins | Rule::OnlyIfParentAbsent);
    let successor = key.moved_to.iter().find(|to| {
        to.file == ConfigFile::Config && to.carry == Carry::Same && to.since <= day && honoured(to.rule)
    })?;
    on(&successor.path, day)
}

fn on(path: &KeyPath, day: Date) -> Option<Vec<Value>> {
    #[derive(Deserialize)]
    struct DefaultList {
        since: Date,
        default: Vec<Value>,
    }
    let known: Vec<DefaultList> = DEFAULTS.matching(&name(path)?).filter_map(parse).collect();
    let first = known.iter().rposition(|known| known.since <= day)?;
    let mut items: Vec<Value> = Vec::new();
    for item in known.into_iter().skip(first).flat_map(|known| known.default) {
        if !items.contains(&item) {
            items.push(item);
        }
    }
    Some(items)
}

static DEFAULTS: Table = Table(include_str!("data/defaults.jsonl"));
