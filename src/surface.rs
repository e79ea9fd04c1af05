//! Where a wish of the brand goes in the files that are there.
//!
//! Evidence in the files comes first: a key that is active, one that a comment documents, one that a comment of
//! `interface_config.js` names as the new place. Only then the catalogue is asked, by the age of the client.

use crate::catalogue::{self, BrandSurface, ConfigFile, Date, KeyTarget};
use crate::js::{Document, Documentation};
use crate::value::KeyPath;

/// What the files of one host say.
#[derive(Clone, Copy)]
pub struct Evidence<'a> {
    /// `interface_config.js` as shipped.
    pub interface_config: &'a Document,
    /// The host's `config.js` without edits of ours.
    pub config: Option<&'a Document>,
    /// The day of the client, at least.
    pub day: Option<Date>,
}

impl<'a> Evidence<'a> {
    /// The file, if it can be read.
    #[must_use]
    pub fn document(self, file: ConfigFile) -> Option<&'a Document> {
        match file {
            ConfigFile::InterfaceConfig => Some(self.interface_config),
            ConfigFile::Config => self.config,
        }
    }
}

/// A key that carries a wish here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carrier {
    /// Its file.
    pub file: ConfigFile,
    /// Its path.
    pub path: KeyPath,
}

/// The keys that carry `surface` here; none if this version has no place for it.
#[must_use]
pub fn carriers(evidence: Evidence<'_>, surface: &BrandSurface) -> Vec<Carrier> {
    let has_old = surface.keys.iter().any(|key| {
        key.file == ConfigFile::InterfaceConfig
            && key.until.is_some()
            && active(evidence.interface_config, &key.path)
            && (key.honoured_after || evidence.day.is_none() || !has_moved(evidence, key))
    });
    let is_read = |key: &&KeyTarget| match key.file {
        ConfigFile::InterfaceConfig => in_interface_config(evidence, key),
        ConfigFile::Config => in_config(evidence, key, has_old),
    };
    let carrier = |key: &KeyTarget| Carrier { file: key.file, path: key.path.clone() };
    surface.keys.iter().filter(is_read).map(carrier).collect()
}

fn in_interface_config(evidence: Evidence<'_>, key: &KeyTarget) -> bool {
    let document = evidence.interface_config;
    if key.optional {
        return active(document, &key.path);
    }
    if active(document, &key.path) {
        // Where an old file is kept, it stays there after its last reader went.
        return is_read(evidence, key);
    }
    match document.documentation(&key.path) {
        // A key that has moved stays documented, and not every such comment says so.
        Some(documentation) => {
            key.write_too || (!sends_to_config(&documentation) && !has_moved(evidence, key))
        }
        None => of_age(evidence, key),
    }
}

fn in_config(evidence: Evidence<'_>, key: &KeyTarget, has_old: bool) -> bool {
    let Some(document) = evidence.config else { return false };
    if key.optional {
        return active(document, &key.path);
    }
    active(document, &key.path)
        || document.documentation(&key.path).is_some()
        || is_named(evidence.interface_config, key)
        || (of_age(evidence, key) && !has_old)
}

fn active(document: &Document, path: &KeyPath) -> bool {
    document.value(path).is_some()
}

/// Whether a client of this age, or of an unknown one, may read `key`, though another may have taken its place.
fn is_read(evidence: Evidence<'_>, target: &KeyTarget) -> bool {
    let key = || catalogue::key(target.file, &target.path)?.unread_since(target.since);
    evidence.day.is_none_or(|day| key().is_none_or(|since| day < since))
}

/// Whether the catalogue says that a client of this age looks for `key`.
fn of_age(evidence: Evidence<'_>, key: &KeyTarget) -> bool {
    evidence
        .day
        .is_some_and(|day| key.since <= day && (key.write_too || key.until.is_none_or(|until| day < until)))
}

/// Whether a client of this age, or of an unknown one, looks for `key` elsewhere.
fn has_moved(evidence: Evidence<'_>, key: &KeyTarget) -> bool {
    key.until.is_some_and(|until| evidence.day.is_none_or(|day| until <= day))
}

/// Whether a comment of `interface_config.js` at an old key of `key` names `key` as its new place.
fn is_named(interface_config: &Document, key: &KeyTarget) -> bool {
    catalogue::predecessors(key.file, &key.path).iter().any(|old| {
        old.file == ConfigFile::InterfaceConfig
            && interface_config
                .documentation(&old.path)
                .is_some_and(|documentation| sends_to_config(&documentation))
    })
}

/// Whether a comment says that its key went to `config.js`.
fn sends_to_config(documentation: &Documentation) -> bool {
    documentation.prose.contains("config.js")
}
