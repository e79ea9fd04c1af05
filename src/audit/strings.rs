//! Strings of the translations, and the English ones, which are compiled into the client.

use std::collections::BTreeMap;

use super::{Audit, Left, Remedy};
use crate::catalogue::{Seen, kept_string, labels_since};
use crate::js::{Document, Known};
use crate::translation::{bases, resolve};
use crate::value::{KeyPath, Value};
use crate::words::{Names, mentions, saying};

/// Why English strings stay.
const COMPILED_IN: &str =
    "English strings are compiled into the client, and one of this age takes none from outside";

/// What the client shows in every language, with the English that one falls back to.
pub(super) fn languages(audit: &Audit<'_>, left: &mut Vec<Left>) {
    let value = |document: &Document| document.value(&KeyPath::default()).and_then(Known::to_value);
    let english = audit.subject.english.and_then(value).unwrap_or(Value::Null);
    // A file that holds no strings is to the client as one that is not there.
    let strings = |document: &Document| value(document).filter(|value| matches!(value, Value::Object(_)));
    let files: BTreeMap<&str, Value> = audit
        .subject
        .languages
        .iter()
        .map(|(language, document)| (*language, document.and_then(strings).unwrap_or(Value::Null)))
        .collect();
    for (language, own) in &files {
        let asked: Vec<&Value> = [own]
            .into_iter()
            .chain(bases(language).filter_map(|base| files.get(base)))
            .chain([&english])
            .collect();
        let mut keys: Vec<KeyPath> = named(audit, own).chain(named(audit, &english)).collect();
        keys.sort();
        keys.dedup();
        for key in keys {
            let Some((file, says)) = resolve(&asked, &key).filter(|(_, says)| audit.signs.is_in(says)) else {
                continue;
            };
            // What a language without a region says is told of that.
            let is_english = file + 1 == asked.len();
            if file == 0 || is_english {
                let is_broken = *own == Value::Null;
                left.push(in_language(language, &key, says, is_english, is_broken));
            }
        }
    }
}

/// What `language` says by itself, or by English if it `falls_back`.
fn in_language(language: &str, key: &KeyPath, says: &str, falls_back: bool, is_broken: bool) -> Left {
    let file = format!("lang/main-{language}.json");
    let (how, remedy) = match falls_back {
        false => ("", remedy(language, key, says)),
        true if is_broken => (" (does not parse)", Remedy::Hunk { file: file.clone() }),
        true => (" (unset)", remedy("en", key, says)),
    };
    Left { seen: Seen::Translation, place: format!("{file} `{key}`{how}"), says: says.to_owned(), remedy }
}

/// What the English strings say that no dynamic branding replaces: once where that is so for all hosts.
pub(super) fn english(audit: &Audit<'_>, left: &mut Vec<Left>) {
    let Some(english) = audit.subject.english else { return };
    let is_given = labels_since().is_some_and(|since| audit.subject.day.is_some_and(|day| since <= day));
    let host_labels = audit.subject.hosts.iter().map(|(host, _)| (*host, (audit.subject.labels)(host)));
    let host_labels: Vec<_> = host_labels.collect();
    let english = english.value(&KeyPath::default()).and_then(Known::to_value).unwrap_or(Value::Null);
    for key in named(audit, &english) {
        let Some((_, shipped)) = resolve(&[&english], &key) else { continue };
        let says = |labels: &std::collections::BTreeMap<String, String>| {
            let given = labels.get(&key.to_string()).filter(|_| is_given);
            let says = given.map_or(shipped, String::as_str);
            audit.signs.is_in(says).then(|| says.to_owned())
        };
        let said = host_labels.iter().map(|(host, labels)| (Some(*host), says(labels)));
        let said: Vec<_> = said.collect();
        let is_one = said.iter().all(|(_, says)| says.as_deref() == Some(shipped));
        let said = if is_one { vec![(None, Some(shipped.to_owned()))] } else { said };
        for (host, says) in said {
            let Some(says) = says else { continue };
            let of = host.map(|host| format!(" of {host}")).unwrap_or_default();
            let remedy =
                if is_given { remedy("en", &key, &says) } else { Remedy::Bundle(COMPILED_IN.to_owned()) };
            left.push(Left { seen: Seen::Translation, place: format!("English `{key}`{of}"), says, remedy });
        }
    }
}

/// The keys of the strings that name upstream, but for those that must.
fn named(audit: &Audit<'_>, strings: &Value) -> impl Iterator<Item = KeyPath> {
    let found = saying(strings, &|text| audit.signs.is_in(text)).into_iter().map(|(key, _)| key);
    found.filter(|key| kept_string(&key.to_string()).is_none())
}

/// The brand's name, if that takes the place of all that `says` says of upstream; else the string itself.
fn remedy(language: &str, key: &KeyPath, says: &str) -> Remedy {
    let renamed = Names::new(|_| Some("-")).renamed(&key.to_string(), says);
    if renamed.is_some_and(|renamed| !mentions(&renamed)) {
        Remedy::wish("brand.name")
    } else {
        Remedy::Wish(format!("text.{language}.{key}"))
    }
}
