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
    /// `interface_config.js` as shipped; none where the release has none.
    pub interface_config: Option<&'a Document>,
    /// The host's `config.js` without edits of ours.
    pub config: Option<&'a Document>,
    /// The day of the client, at least.
    pub day: Option<Date>,
    /// The day of the client, at least, where somebody gave it an `interface_config.js` of a later one; else the same.
    pub oldest: Option<Date>,
}

impl<'a> Evidence<'a> {
    /// The file, if it can be read.
    #[must_use]
    pub fn document(self, file: ConfigFile) -> Option<&'a Document> {
        match file {
            ConfigFile::InterfaceConfig => self.interface_config,
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
            && evidence.interface_config.is_some_and(|document| active(document, &key.path))
            && (key.honoured_after
                || evidence.day.is_none_or(|day| key.until.is_none_or(|until| day < until)))
    });
    let is_read = |key: &&KeyTarget| match key.file {
        ConfigFile::InterfaceConfig => in_interface_config(evidence, key),
        ConfigFile::Config => in_config(evidence, key, has_old),
    };
    let carrier = |key: &KeyTarget| Carrier { file: key.file, path: key.path.clone() };
    surface.keys.iter().filter(is_read).map(carrier).collect()
}

fn in_interface_config(evidence: Evidence<'_>, key: &KeyTarget) -> bool {
    let Some(document) = evidence.interface_config else { return false };
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
            key.write_too
                || is_behind(evidence, key)
                || (!sends_to_config(&documentation) && !has_moved(evidence, key))
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
        || evidence.interface_config.is_some_and(|document| is_named(document, key))
        || (of_age(evidence, key) && !has_old)
}

fn active(document: &Document, path: &KeyPath) -> bool {
    document.value(path).is_some()
}

/// Whether a client of this age, or of an unknown one, may read `key`, though another may have taken its place.
fn is_read(evidence: Evidence<'_>, target: &KeyTarget) -> bool {
    let key = || catalogue::key(target.file, &target.path)?.unread_since(target.since);
    evidence.oldest.is_none_or(|oldest| key().is_none_or(|since| oldest < since))
}

/// Whether the catalogue says that a client of this age looks for `key`.
fn of_age(evidence: Evidence<'_>, key: &KeyTarget) -> bool {
    evidence.day.is_some_and(|day| key.since <= day && (key.write_too || !has_moved(evidence, key)))
}

/// Whether a client of this age, or of an unknown one, looks for `key` elsewhere.
fn has_moved(evidence: Evidence<'_>, key: &KeyTarget) -> bool {
    key.until.is_some_and(|until| evidence.oldest.is_none_or(|oldest| until <= oldest))
}

/// Whether `key` moved between the client's build and the `interface_config.js` that somebody gave it.
fn is_behind(evidence: Evidence<'_>, key: &KeyTarget) -> bool {
    let moved = key.until.zip(evidence.oldest).zip(evidence.day);
    moved.is_some_and(|((until, oldest), day)| oldest < until && until <= day)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::js::Dialect;
    use crate::text::Text;

    fn document(file: ConfigFile, source: &str) -> Document {
        Document::parse(Text::from(source), Dialect::Script(file.variable())).unwrap()
    }

    /// The keys that carry `brand.home` where `comment` stands above its key, which is commented out.
    fn carriers_below(comment: &str) -> Vec<String> {
        let source = format!(
            "var interfaceConfig = {{\n    A: 1, // a\n{comment}\n    // JITSI_WATERMARK_LINK: 'x',\n\n    B: 2,\n}};"
        );
        let interface_config = document(ConfigFile::InterfaceConfig, &source);
        let config = document(ConfigFile::Config, "var config = {};");
        let evidence = Evidence {
            interface_config: Some(&interface_config),
            config: Some(&config),
            day: None,
            oldest: None,
        };
        let surface = catalogue::brand_surfaces("brand.home").remove(0);
        carriers(evidence, &surface).into_iter().map(|carrier| carrier.path.to_string()).collect()
    }

    #[test]
    fn a_comment_of_any_kind_tells_that_a_key_moved() {
        for comment in [
            "    // Moved to config.js as `watermarkLink`.",
            "    /** Moved to config.js as `watermarkLink`. */",
            "    /* Moved to config.js as `watermarkLink`. */",
            "    /**\n     * Where it leads.\n     *\n     * Moved to config.js as `watermarkLink`.\n     */",
            "    /*\n     Moved to config.js\n     as `watermarkLink`.\n    */",
            "    /** Moved to config.js. */\n    // An example:",
            "    // Moved to config.js.\n    /* An example: */",
            "    /* // Moved to config.js: */",
        ] {
            assert_eq!(carriers_below(comment), Vec::<String>::new(), "{comment}");
        }
    }

    #[test]
    fn a_comment_that_is_another_keys_tells_nothing() {
        for comment in [
            "    /** Where it leads. */",
            "    /** Moved to config.js. */\n",
            "    C: 3, /* Moved to config.js. */",
            "    /** Moved to config.js. */ C: 3,",
            "    C: 3, /* Moved\n    to config.js. */",
            "    /* Moved to config.js. */ /* no */ C: 3,\n    /**/",
            "    /** Moved to config.js. */\n    // OTHER: 1,",
        ] {
            assert_eq!(carriers_below(comment), ["JITSI_WATERMARK_LINK"], "{comment}");
        }
    }
}
