//! What one host sees: the file that all share and its own, what they were, and who wrote what.

use super::Outcome;
use crate::catalogue::{self, ConfigFile, Date, Key, Presence};
use crate::js::{Document, Known, Look};
use crate::value::KeyPath;

/// A host's files, with the keys in them that may be mistaken.
pub(super) struct View<'a> {
    pub(super) outcome: &'a Outcome<'a>,
    pub(super) host: Option<&'a str>,
    config: Option<&'a Document>,
    shared: &'a [Suspect<'a>],
    own: Vec<Suspect<'a>>,
}

/// A key that is there, and that nobody reads or another took the place of.
pub(super) struct Suspect<'a> {
    pub(super) file: ConfigFile,
    pub(super) known: &'a Known,
    pub(super) key: Key,
}

/// What is certain of a key in the result.
#[derive(Clone, Copy)]
pub(super) enum Fact<'a> {
    /// It has this value, or one of which this much is known.
    Is(&'a Known),
    /// It has none.
    Missing,
    /// Only running the script would tell.
    Unclear,
}

impl<'a> View<'a> {
    pub(super) fn of(
        outcome: &'a Outcome<'a>,
        shared: &'a [Suspect<'a>],
        host: Option<(&'a str, &'a Document)>,
    ) -> Self {
        let own = host.map(|(_, config)| suspects(ConfigFile::Config, config)).unwrap_or_default();
        let (host, config) = host.unzip();
        View { outcome, host, config, shared, own }
    }

    /// The suspects of both files.
    pub(super) fn suspects(&self) -> impl Iterator<Item = &Suspect<'a>> {
        self.shared.iter().chain(&self.own)
    }

    /// A file as it will be.
    pub(super) fn document(&self, file: ConfigFile) -> Option<&'a Document> {
        match file {
            ConfigFile::InterfaceConfig => self.outcome.interface_config,
            ConfigFile::Config => self.config,
        }
    }

    /// A file without edits of ours, if that is known.
    pub(super) fn base(&self, file: ConfigFile) -> Option<&'a Document> {
        match file {
            ConfigFile::InterfaceConfig => self.outcome.shipped_interface_config,
            ConfigFile::Config => {
                let base = self.outcome.bases.iter().find(|(host, _)| Some(*host) == self.host);
                base.map(|(_, base)| *base)
            }
        }
    }

    /// What is certain of a key.
    pub(super) fn fact(&self, file: ConfigFile, path: &KeyPath) -> Fact<'a> {
        match self.document(file) {
            Some(document) => fact(document, path),
            None if file == ConfigFile::InterfaceConfig => Fact::Missing,
            None => Fact::Unclear,
        }
    }

    /// Whether brand or patches give the key a value.
    pub(super) fn is_wished(&self, file: ConfigFile, path: &KeyPath) -> bool {
        self.outcome.wished.iter().any(|(of, at, _)| *of == file && at == path)
    }

    /// Whether somebody gave the key the value `known`: brand and patches, or an owner by hand. A host's file may be
    /// of any age, so every value that upstream ever shipped counts as nobody's.
    pub(super) fn is_own(&self, file: ConfigFile, path: &KeyPath, known: &Known) -> bool {
        self.is_wished(file, path) || !self.is_as_before(file, path, known) || is_foreign(file, path, known)
    }

    /// The same of a suspect, without asking the catalogue again.
    pub(super) fn is_owned(&self, suspect: &Suspect<'_>) -> bool {
        let Suspect { file, known, key } = suspect;
        self.is_wished(*file, &key.path)
            || !self.is_as_before(*file, &key.path, known)
            || !was_shipped_as(key, known)
    }

    /// Whether the value `known` is the one that upstream brought.
    pub(super) fn is_shipped(&self, file: ConfigFile, path: &KeyPath, known: &Known) -> bool {
        self.is_as_before(file, path, known)
            && catalogue::key(file, path).is_some_and(|key| was_shipped_as(&key, known))
    }

    /// Whether the key had the value `known` without us too, as far as anybody knows.
    fn is_as_before(&self, file: ConfigFile, path: &KeyPath, known: &Known) -> bool {
        let Some(base) = self.base(file) else { return true };
        match (base.value(path), known) {
            (Some(Known::Object(_) | Known::Open(_)), Known::Object(_) | Known::Open(_)) => true,
            (before, _) => before == Some(known),
        }
    }

    /// Whether the client is of the day `since` or newer: its day says so, or a comment that upstream wrote into one
    /// of the files documents a key of `named` as only files of that day or newer do.
    pub(super) fn is_of(&self, since: Date, named: &[(ConfigFile, &KeyPath)]) -> bool {
        let is_shown = |file: ConfigFile, path: &KeyPath| {
            let documented = self.base(file).is_some_and(|base| base.documentation(path).is_some());
            documented && first_documented(file, path).is_some_and(|day| day >= since)
        };
        self.outcome.day.is_some_and(|day| day >= since)
            || named.iter().any(|(file, path)| is_shown(*file, path))
    }
}

/// The keys of `document` that may be mistaken, outer ones first.
pub(super) fn suspects(file: ConfigFile, document: &Document) -> Vec<Suspect<'_>> {
    let mut found = Vec::new();
    if let Some(root) = document.evaluation().variables.get(document.variable()) {
        add_below(file, root, &KeyPath::default(), &mut found);
    }
    found
}

fn add_below<'a>(file: ConfigFile, above: &'a Known, at: &KeyPath, found: &mut Vec<Suspect<'a>>) {
    let members = match above {
        Known::Object(members) => members,
        Known::Open(open) => &open.members,
        _ => return,
    };
    for (name, known) in
        members.iter().filter(|(_, known)| !matches!(known, Known::Undefined | Known::Unknown(_)))
    {
        let path = at.child(name);
        found.extend(catalogue::fate(file, &path).map(|key| Suspect { file, known, key }));
        add_below(file, known, &path, found);
    }
}

fn fact<'a>(document: &'a Document, path: &KeyPath) -> Fact<'a> {
    let evaluation = document.evaluation();
    let variable = document.variable();
    // Code that is not followed may give any key a value.
    let is_followed =
        || !evaluation.effects.iter().any(|effect| effect.names.iter().any(|name| name == variable));
    match evaluation.variables.get(variable).map_or(Look::Hidden, |root| root.look(path)) {
        Look::Found(Known::Undefined) | Look::Absent if is_followed() => Fact::Missing,
        Look::Found(Known::Undefined | Known::Unknown(_)) | Look::Absent | Look::Hidden => Fact::Unclear,
        Look::Found(known) => Fact::Is(known),
    }
}

/// Whether `known` is a value that upstream never gave the key.
pub(super) fn is_foreign(file: ConfigFile, path: &KeyPath, known: &Known) -> bool {
    catalogue::key(file, path).is_some_and(|key| !was_shipped_as(&key, known))
}

/// Whether upstream ever shipped `key` so, as far as anybody can tell. The members of an object are judged one by one.
fn was_shipped_as(key: &Key, known: &Known) -> bool {
    match known {
        Known::Object(_) | Known::Open(_) => {
            key.states.iter().any(|state| state.presence == Presence::Active)
        }
        _ => known.to_value().is_none_or(|value| key.was_shipped_as(&value)),
    }
}

fn first_documented(file: ConfigFile, path: &KeyPath) -> Option<Date> {
    let key = catalogue::key(file, path)?;
    key.states.iter().find(|state| state.presence == Presence::Documented).map(|state| state.since)
}
