//! Whether an edit of a patch file has an effect in the installed client, and what else has to go with it.
//!
//! From the catalogue: the type of the key, whether anything reads it, where it moved, and the objects of
//! which one new key switches all old ones off.

mod list;

pub use list::write_out_lists;

use crate::catalogue::{self, Carry, ConfigFile, Date, Key, Presence, Reader, Rule};
use crate::edit::{Edit, Op, Wish};
use crate::fault::{Finding, Level};
use crate::js::{Document, Known};
use crate::surface::Evidence;
use crate::toml::nearest;
use crate::value::{KeyPath, Value};

/// What the catalogue says of one edit.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Judgement {
    /// What the owner should know.
    pub findings: Vec<Finding>,
    /// Whether the client certainly ignores the key.
    pub is_idle: bool,
}

/// Judges `edit` of `file` by the catalogue and the files that are there. `wished` tells whether another wish gives
/// the key of a file a value.
#[must_use]
pub fn judge(
    edit: &Edit,
    file: ConfigFile,
    evidence: Evidence<'_>,
    wished: &dyn Fn(ConfigFile, &KeyPath) -> bool,
) -> Judgement {
    let mut judgement = Judgement::default();
    let key = catalogue::key(file, &edit.at);
    judgement.findings.extend(list::strange_items(edit, file, key.as_ref(), evidence));
    match key {
        Some(key) => {
            judgement.findings.extend(type_findings(edit, &key));
            if let Some(finding) = idle(edit, file, &key, evidence, wished) {
                judgement.is_idle = true;
                judgement.findings.push(finding);
            } else {
                judgement.findings.extend(moved(edit, &key, evidence.day));
            }
        }
        None => judgement.findings.extend(unknown(edit, file, evidence)),
    }
    judgement
}

/// The edits that must go with `edits` of `config.js`: old keys that would override a new one are taken out, and
/// values that old keys hold are carried along into an object that switches those keys off.
#[must_use]
pub fn companions(edits: &[Edit], evidence: Evidence<'_>, interface_config: &[Edit]) -> Vec<Edit> {
    let Some(config) = evidence.config else { return Vec::new() };
    let mut found: Vec<Edit> = Vec::new();
    for edit in edits.iter().filter(|edit| edit.op != Op::Remove) {
        let overriding = catalogue::predecessors(ConfigFile::Config, &edit.at).into_iter().filter(|old| {
            old.rule == Rule::OldWins && old.file == ConfigFile::Config && config.value(&old.path).is_some()
        });
        found.extend(overriding.map(|old| {
            let name = format!("{} (its old key would override it)", edit.why.name);
            Edit { at: old.path, op: Op::Remove, why: Wish { name, ..edit.why.clone() } }
        }));
        found.extend(carried_along(edit, config, evidence, interface_config));
    }
    let mut seen: Vec<KeyPath> = edits.iter().map(|edit| edit.at.clone()).collect();
    found.retain(|edit| {
        let is_new = !seen.contains(&edit.at);
        seen.push(edit.at.clone());
        is_new
    });
    found
}

fn carried_along(edit: &Edit, config: &Document, evidence: Evidence<'_>, shared: &[Edit]) -> Vec<Edit> {
    let Some(name) = edit.at.segments().first() else { return Vec::new() };
    let object = KeyPath::new(vec![name.clone()]);
    if config.value(&object).is_some() {
        return Vec::new();
    }
    let olds = catalogue::predecessors_below(ConfigFile::Config, &object);
    let switched_off = olds.into_iter().filter(|old| {
        old.switched_off_by().as_ref() == Some(&object)
            && old.file == ConfigFile::InterfaceConfig
            && evidence.day.is_none_or(|day| old.since <= day)
            && old.carry == Carry::Same
    });
    switched_off
        .filter_map(|old| {
            let wished = shared.iter().rev().find(|edit| edit.at == old.path);
            let value = match wished.map(|wish| &wish.op) {
                Some(Op::Set(value)) => value.clone(),
                _ => evidence.interface_config?.value(&old.path).and_then(Known::to_value)?,
            };
            let name = format!("{} (carries {} along)", edit.why.name, old.path);
            Some(Edit { at: old.target, op: Op::Set(value), why: Wish { name, ..edit.why.clone() } })
        })
        .collect()
}

fn type_findings(edit: &Edit, key: &Key) -> Vec<Finding> {
    let list;
    let value = match &edit.op {
        Op::Set(value) => value,
        Op::Append(items) => {
            list = Value::Array(items.clone());
            &list
        }
        Op::Raw(_) | Op::Remove | Op::Without(_) => return Vec::new(),
    };
    if let Err(mismatch) = key.check(value) {
        let message = format!("`{}` {mismatch}", edit.at);
        let hint = "write the value with the type that the client expects";
        return vec![Finding::new(Level::Error, message).at(&edit.why.place).hint(hint)];
    }
    let unknown = key.unknown_items(value);
    if unknown.is_empty() {
        return Vec::new();
    }
    let names: Vec<String> = unknown.iter().map(|name| format!("`{name}`")).collect();
    let message = format!("`{}`: no client is known to know {}", edit.at, names.join(", "));
    vec![Finding::new(Level::Warning, message).at(&edit.why.place)]
}

/// Why the client certainly ignores the key, if it does.
fn idle(
    edit: &Edit,
    file: ConfigFile,
    key: &Key,
    evidence: Evidence<'_>,
    wished: &dyn Fn(ConfigFile, &KeyPath) -> bool,
) -> Option<Finding> {
    if edit.op == Op::Remove {
        return None;
    }
    let day = evidence.day?;
    let warning = |message: String| Finding::new(Level::Warning, message).at(&edit.why.place);
    let at = &edit.at;
    let is_set = |file: ConfigFile, path: &KeyPath| {
        wished(file, path) || evidence.document(file).is_some_and(|document| document.value(path).is_some())
    };
    for place in key.moved_to.iter().filter(|place| place.since <= day) {
        let successor = format!("`{}` of `{}`", place.path, place.file.file_name());
        let instead = format!("set {successor} instead");
        let unread = key.unread_since(place.since).filter(|since| *since <= day);
        let overridden = match (place.rule, unread) {
            (Rule::NotTranslated, Some(since)) => Some(format!("`{at}` has had no effect since {since}")),
            (Rule::NewWins | Rule::NotTranslated, _) if is_set(place.file, &place.path) => {
                Some(format!("`{at}` has no effect: {successor} is set and wins"))
            }
            (Rule::OnlyIfParentAbsent, _) => place
                .switched_off_by()
                .filter(|object| is_set(place.file, object))
                .map(|object| format!("`{at}` has no effect: `{object}` is set and switches it off")),
            _ => None,
        };
        if let Some(message) = overridden {
            return Some(warning(message).hint(instead));
        }
    }
    let gone = key.read_until.is_none_or(|until| until <= day);
    if key.read == Reader::Nobody && gone {
        let since = key.read_until.map_or_else(String::new, |until| format!(" since {until}"));
        return Some(warning(format!("no client reads `{at}`{since}")).hint("take it out of the patch"));
    }
    let first = key.states.first().filter(|first| first.since > day)?;
    let there = match file {
        ConfigFile::InterfaceConfig => is_set(file, at),
        ConfigFile::Config => {
            evidence.config.is_some_and(|config| config.documentation(at).is_some()) || is_set(file, at)
        }
    };
    (!there || wished(file, at)).then(|| {
        warning(format!("the installed client does not know `{at}` yet: it came on {}", first.since))
            .hint("it takes effect after an upgrade")
    })
}

/// A key that is still honoured in its old place.
fn moved(edit: &Edit, key: &Key, day: Option<Date>) -> Option<Finding> {
    let place = key.moved_to.iter().find(|place| day.is_some_and(|day| place.since <= day))?;
    let message = format!("`{}` moved on {} and is only honoured still", edit.at, place.since);
    let hint = format!("set `{}` of `{}` instead", place.path, place.file.file_name());
    Some(Finding::new(Level::Note, message).at(&edit.why.place).hint(hint))
}

fn unknown(edit: &Edit, file: ConfigFile, evidence: Evidence<'_>) -> Option<Finding> {
    let document = evidence.document(file);
    let is_there = document.is_some_and(|document| {
        let root = document.value(&KeyPath::default());
        let may_be_there = || root.is_some_and(|root| root.is_open_at(&edit.at));
        document.value(&edit.at).is_some() || (edit.op == Op::Remove && may_be_there())
    });
    if is_there || is_free_form(file, &edit.at) {
        return None;
    }
    let message = match edit.op {
        Op::Remove => format!(
            "`{}` is neither in `{}` nor a known key of it, so there is nothing to take out",
            edit.at,
            file.file_name()
        ),
        _ => format!("`{}` is no known key of `{}`", edit.at, file.file_name()),
    };
    let finding = Finding::new(Level::Warning, message).at(&edit.why.place);
    let own = || document.and_then(|document| nearest_in(document, &edit.at));
    let hint = match (catalogue::elsewhere(file, &edit.at), catalogue::nearest(file, &edit.at).or_else(own)) {
        (Some((other, path)), _) => Some(format!("`{path}` is a key of `{}`", other.file_name())),
        (None, Some(near)) => Some(format!("did you mean `{near}`?")),
        (None, None) => None,
    };
    Some(match hint {
        Some(hint) => finding.hint(hint),
        None => finding,
    })
}

/// The key of the file itself, beside `path`, that is most like it.
fn nearest_in(document: &Document, path: &KeyPath) -> Option<KeyPath> {
    let above = path.parent()?;
    let members = match document.value(&above)? {
        Known::Object(members) => members,
        Known::Open(open) => &open.members,
        _ => return None,
    };
    let near = nearest(path.last()?, members.iter().map(|(name, _)| name))?;
    Some(above.child(near))
}

/// Whether a key above `path` is known to hold anything.
fn is_free_form(file: ConfigFile, path: &KeyPath) -> bool {
    let above = path.parent().filter(|above| !above.is_root());
    above.and_then(|above| catalogue::key(file, &above)).is_some_and(|key| {
        matches!(key.kind, catalogue::Kind::Any)
            && key.states.iter().any(|state| state.presence != Presence::Absent)
    })
}
