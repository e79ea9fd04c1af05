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

/// A key that carries a wish here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carrier {
    /// Its file.
    pub file: ConfigFile,
    /// Its path.
    pub path: KeyPath,
    /// What tells so.
    pub by: By,
}

/// What tells that a key carries a wish.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// The file has it.
    Active,
    /// A comment of the file documents it.
    Documented,
    /// A comment of `interface_config.js` names it as the new place.
    Named,
    /// The catalogue knows it for a client of this age.
    Catalogue,
}

/// The keys that carry `surface` here; none if this version has no place for it.
#[must_use]
pub fn carriers(evidence: Evidence<'_>, surface: &BrandSurface) -> Vec<Carrier> {
    let has_old = surface.keys.iter().any(|key| {
        key.file == ConfigFile::InterfaceConfig
            && key.until.is_some()
            && active(evidence.interface_config, &key.path)
    });
    let carrier = |key: &KeyTarget| {
        let by = match key.file {
            ConfigFile::InterfaceConfig => in_interface_config(evidence, key),
            ConfigFile::Config => in_config(evidence, key, has_old),
        }?;
        Some(Carrier { file: key.file, path: key.path.clone(), by })
    };
    surface.keys.iter().filter_map(carrier).collect()
}

fn in_interface_config(evidence: Evidence<'_>, key: &KeyTarget) -> Option<By> {
    let document = evidence.interface_config;
    if active(document, &key.path) {
        return Some(By::Active);
    }
    match document.documentation(&key.path) {
        Some(documentation) if !sends_to_config(&documentation) => Some(By::Documented),
        Some(_) => key.write_too.then_some(By::Documented),
        None => of_age(evidence, key).then_some(By::Catalogue),
    }
}

fn in_config(evidence: Evidence<'_>, key: &KeyTarget, has_old: bool) -> Option<By> {
    let document = evidence.config?;
    if active(document, &key.path) {
        Some(By::Active)
    } else if document.documentation(&key.path).is_some() {
        Some(By::Documented)
    } else if is_named(evidence.interface_config, key) {
        Some(By::Named)
    } else {
        (of_age(evidence, key) && !has_old).then_some(By::Catalogue)
    }
}

fn active(document: &Document, path: &KeyPath) -> bool {
    document.value(path).is_some()
}

/// Whether the catalogue says that a client of this age reads `key`.
fn of_age(evidence: Evidence<'_>, key: &KeyTarget) -> bool {
    evidence
        .day
        .is_some_and(|day| key.since <= day && (key.write_too || key.until.is_none_or(|until| day < until)))
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
