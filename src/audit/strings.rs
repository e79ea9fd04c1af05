//! Strings of the translations, and the English ones, which are compiled into the client.

use std::collections::BTreeMap;

use super::client::Client;
use super::{Audit, Left, Remedy};
use crate::catalogue::{Seen, kept_string, labels_since};
use crate::js::{Document, Known};
use crate::translation::{bases, resolve};
use crate::value::{KeyPath, Value};
use crate::words::{Names, mentions, saying};

/// Why English strings stay.
const COMPILED_IN: &str =
    "English strings are compiled into the client, and one of this age takes none from outside";

/// Why English strings are not given.
const TAKEN: &str = "`dynamicBrandingUrl` asks for an answer of your own, and only that can give English strings, as its `labels`";

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
pub(super) fn english(audit: &Audit<'_>, clients: &[Client<'_>], left: &mut Vec<Left>) {
    let Some(english) = audit.subject.english else { return };
    let english = english.value(&KeyPath::default()).and_then(Known::to_value).unwrap_or(Value::Null);
    let is_given = labels_since().is_some_and(|since| audit.subject.day.is_some_and(|day| since <= day));
    for key in named(audit, &english) {
        let Some((_, shipped)) = resolve(&[&english], &key) else { continue };
        let said = clients.iter().map(|client| {
            let host = client.host.map(|(host, _)| host);
            let labels = host.map(audit.subject.labels).unwrap_or_default();
            let says = labels.get(&key.to_string()).filter(|_| is_given).map_or(shipped, String::as_str);
            let remedy = english_remedy(audit, client, &key, says, is_given);
            (host, audit.signs.is_in(says).then(|| (says.to_owned(), remedy)))
        });
        let mut said: Vec<_> = said.collect();
        let first = said.first().and_then(|(_, says)| says.clone()).filter(|(says, _)| says == shipped);
        let is_one = first.is_some() && said.iter().all(|(_, says)| *says == first);
        if is_one {
            said.truncate(1);
        }
        for (host, says) in said {
            let Some((says, remedy)) = says else { continue };
            let of = host.filter(|_| !is_one).map(|host| format!(" of {host}")).unwrap_or_default();
            left.push(Left { seen: Seen::Translation, place: format!("English `{key}`{of}"), says, remedy });
        }
    }
}

/// What changes the English string `key` on the host of `client`.
fn english_remedy(
    audit: &Audit<'_>,
    client: &Client<'_>,
    key: &KeyPath,
    says: &str,
    is_given: bool,
) -> Remedy {
    if !is_given {
        return Remedy::Bundle(COMPILED_IN.to_owned());
    }
    if client.is_branded_elsewhere(labels_since(), audit.subject) {
        return Remedy::Bundle(TAKEN.to_owned());
    }
    let host = client.host.map(|(host, _)| host);
    if audit.wish("page.english", host) == Some(&Value::Bool(false)) {
        return Remedy::wish("page.english");
    }
    remedy("en", key, says)
}

/// The keys of the strings that name upstream, but for those that must.
fn named(audit: &Audit<'_>, strings: &Value) -> impl Iterator<Item = KeyPath> {
    let found = saying(strings, &|text| audit.signs.is_in(text)).into_iter().map(|(key, _)| key);
    found.filter(|key| kept_string(&key.to_string()).is_none())
}

/// The brand's name, if that takes the place of all that `says` says of upstream; else the string itself.
fn remedy(language: &str, key: &KeyPath, says: &str) -> Remedy {
    let renamed = Names::new(|_| Some("-")).renamed(language, &key.to_string(), says);
    if renamed.is_some_and(|renamed| !mentions(&renamed)) {
        Remedy::wish("brand.name")
    } else {
        Remedy::Wish(format!("text.{language}.{key}"))
    }
}
