//! Reads a lock: strictly, and with every fault of the file at once.

use std::collections::BTreeMap;

use super::{Lock, PicturePin, SourcePin};
use crate::digest::Digest;
use crate::fault::Fault;
use crate::path::ProjectPath;
use crate::text::{Span, Text};
use crate::toml::{Content, Entry, Faults, Node};

/// How every fault of a file is mended that nobody is to edit.
const HINT: &str = "`rebrand lock` writes it anew";

pub(super) fn lock(file: &str, text: &Text) -> Result<Lock, Vec<Fault>> {
    let (entries, mut faults) = crate::toml::read(file, text);
    let mut lock = Lock::default();
    for entry in &entries {
        match (entry.key.as_str(), &entry.node.content) {
            ("format", Content::Integer(Some(1))) | ("tool", Content::String(_)) => {}
            ("format", _) => faults.add(entry.span(), "this version knows only `format = 1`", HINT),
            ("source", Content::Table(sources)) => lock.sources = pins(sources, &mut faults, source),
            ("picture", Content::Table(pictures)) => lock.pictures = pins(pictures, &mut faults, picture),
            _ => faults.add(entry.span(), format!("a lock has no `{}` like this", entry.key), HINT),
        }
    }
    faults.outcome(lock)
}

fn pins<P>(
    entries: &[Entry],
    faults: &mut Faults<'_>,
    read: impl Fn(&mut Fields<'_, '_, '_>) -> Option<P>,
) -> BTreeMap<String, P> {
    let mut pins = BTreeMap::new();
    for entry in entries {
        let Content::Table(values) = &entry.node.content else {
            faults.add(entry.span(), format!("`{}` is no table", entry.key), HINT);
            continue;
        };
        let mut fields = Fields { values: values.iter().collect(), span: entry.key_span, faults };
        let pin = read(&mut fields);
        let Fields { values, .. } = fields;
        for unknown in values {
            faults.add(unknown.key_span, format!("a pin has no `{}`", unknown.key), HINT);
        }
        pins.extend(pin.map(|pin| (entry.key.clone(), pin)));
    }
    pins
}

fn source(fields: &mut Fields<'_, '_, '_>) -> Option<SourcePin> {
    let file = fields.text("file").map(|(text, span)| {
        ProjectPath::new(&text).map_err(|error| fields.faults.add(span, error.to_string(), HINT))
    });
    let [etag, last_modified] = ["etag", "last-modified"].map(|key| fields.text(key).map(|(text, _)| text));
    let (digest, size) = (fields.needed("digest"), fields.size());
    Some(SourcePin { file: file.transpose().ok()?, digest: digest?, size: size?, etag, last_modified })
}

fn picture(fields: &mut Fields<'_, '_, '_>) -> Option<PicturePin> {
    let pixels = fields.text("pixels").map(|(text, span)| fields.checked(text, span));
    let (recipe, digest, size) = (fields.needed("recipe"), fields.needed("digest"), fields.size());
    let pixels = match pixels {
        None => None,
        Some(pixels) => Some(pixels?),
    };
    Some(PicturePin { recipe: recipe?, digest: digest?, pixels, size: size? })
}

/// The values of a pin that were not asked for yet.
struct Fields<'e, 'm, 'f> {
    values: Vec<&'e Entry>,
    span: Span,
    faults: &'m mut Faults<'f>,
}

impl<'e> Fields<'e, '_, '_> {
    fn take(&mut self, key: &str) -> Option<&'e Node> {
        let index = self.values.iter().position(|entry| entry.key == key)?;
        Some(&self.values.remove(index).node)
    }

    fn text(&mut self, key: &str) -> Option<(String, Span)> {
        let node = self.take(key)?;
        if let Content::String(text) = &node.content {
            return Some((text.clone(), node.span));
        }
        self.faults.add(node.span, format!("`{key}` is {} and not a string", node.content.kind()), HINT);
        None
    }

    fn needed(&mut self, key: &str) -> Option<Digest> {
        let Some((text, span)) = self.text(key) else {
            self.faults.add(self.span, format!("the pin has no `{key}`"), HINT);
            return None;
        };
        self.checked(text, span)
    }

    fn checked(&mut self, text: String, span: Span) -> Option<Digest> {
        let digest = Digest::read(text);
        if digest.is_none() {
            self.faults.add(span, "this is no SHA-256 in 64 hexadecimal digits", HINT);
        }
        digest
    }

    fn size(&mut self) -> Option<u64> {
        let size = self.take("size").map(|node| (&node.content, node.span));
        match size {
            Some((Content::Integer(Some(size)), _)) if *size >= 0 => u64::try_from(*size).ok(),
            other => {
                let span = other.map_or(self.span, |(_, span)| span);
                self.faults.add(span, "the pin has no `size` in bytes", HINT);
                None
            }
        }
    }
}
