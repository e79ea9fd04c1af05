//! Strings of the translations, and the English ones, which are compiled into the client.

use super::{Audit, Left, Remedy};
use crate::catalogue::{Seen, kept_string, labels_since};
use crate::js::{Document, Known};
use crate::value::{KeyPath, Value};
use crate::words::{Names, mentions, saying};

/// Why English strings stay.
const COMPILED_IN: &str =
    "English strings are compiled into the client, and one of this age takes none from outside";

/// What every translation says.
pub(super) fn languages(audit: &Audit<'_>, left: &mut Vec<Left>) {
    for (language, document) in &audit.subject.languages {
        for (key, says) in named(audit, document) {
            let place = format!("lang/main-{language}.json `{key}`");
            let remedy = remedy(language, &key, &says);
            left.push(Left { seen: Seen::Translation, place, says, remedy });
        }
    }
}

/// What the English strings say that no dynamic branding replaces: once where that is so for all hosts.
pub(super) fn english(audit: &Audit<'_>, left: &mut Vec<Left>) {
    let Some(english) = audit.subject.english else { return };
    let is_given = labels_since().is_some_and(|since| audit.subject.day.is_some_and(|day| since <= day));
    let host_labels = audit.subject.hosts.iter().map(|(host, _)| (*host, (audit.subject.labels)(host)));
    let host_labels: Vec<_> = host_labels.collect();
    for (key, shipped) in named(audit, english) {
        let says = |labels: &std::collections::BTreeMap<String, String>| {
            let given = labels.get(&key.to_string()).filter(|_| is_given);
            let says = given.unwrap_or(&shipped);
            audit.signs.is_in(says).then(|| says.clone())
        };
        let said = host_labels.iter().map(|(host, labels)| (Some(*host), says(labels)));
        let said: Vec<_> = said.collect();
        let is_one = said.iter().all(|(_, says)| says.as_ref() == Some(&shipped));
        let said = if is_one { vec![(None, Some(shipped.clone()))] } else { said };
        for (host, says) in said {
            let Some(says) = says else { continue };
            let of = host.map(|host| format!(" of {host}")).unwrap_or_default();
            let remedy =
                if is_given { remedy("en", &key, &says) } else { Remedy::Bundle(COMPILED_IN.to_owned()) };
            left.push(Left { seen: Seen::Translation, place: format!("English `{key}`{of}"), says, remedy });
        }
    }
}

/// The strings that name upstream, but for those that must.
fn named(audit: &Audit<'_>, document: &Document) -> Vec<(KeyPath, String)> {
    let all = document.value(&KeyPath::default()).and_then(Known::to_value).unwrap_or(Value::Null);
    let found = saying(&all, &|text| audit.signs.is_in(text)).into_iter();
    let found = found.filter(|(key, _)| kept_string(&key.to_string()).is_none());
    found.map(|(key, text)| (key, text.to_owned())).collect()
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
