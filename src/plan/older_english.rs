//! English on clients that take no strings from dynamic branding: they have British English too, in a file that is served
//! like every other translation. A site that makes it the default says its own strings in English.

use std::collections::BTreeMap;

use super::shared::strings as wished_strings;
use super::wishes::Wishes;
use crate::brand::Brand;
use crate::catalogue::{self, Date, OlderLabels};
use crate::js::{Document, Known};
use crate::site::Found;
use crate::value::{KeyPath, Value};
use crate::words::saying;

/// The files of a host with an older client.
pub(super) struct OlderHost<'h> {
    pub(super) name: &'h str,
    pub(super) config: &'h Document,
    pub(super) interface_config: Option<&'h Document>,
    pub(super) day: Option<Date>,
}

/// What is missing for the host to speak by that file, as a hint with the lines to write; empty if nothing is, none if the
/// client has no such file. `labels` are the English strings that it is to have.
pub(super) fn missing_lines(
    languages: &BTreeMap<String, Found>,
    brand: &Brand,
    host: &OlderHost<'_>,
    wishes: &Wishes,
    labels: &Value,
) -> Option<String> {
    let OlderLabels { language, browser_first_since } = catalogue::labels()?.before;
    let day = host.day?;
    let file = languages.get(&language)?;
    let strings: Value = serde_json::from_slice(&file.bytes).ok()?;
    let mut parts = Vec::new();
    let absent = unsaid(brand, host.name, &language, &strings, labels);
    if !absent.is_empty() {
        parts.push(format!("to brand.toml `[text.{language}]` with {}", absent.join(", ")));
    }
    let at = KeyPath::dotted("defaultLanguage");
    let default = wishes.hosts.get(host.name).and_then(|edits| edits.value(&at));
    let default = default.or_else(|| host.config.value(&at).and_then(Known::to_value));
    if default.as_ref().and_then(Value::as_str) != Some(language.as_str()) {
        parts.push(format!("to patches/config.toml `[set]` with `defaultLanguage = \"{language}\"`"));
    }
    let at = KeyPath::dotted("LANG_DETECTION");
    let detects = wishes.interface_config.value(&at);
    let detects = detects.or_else(|| host.interface_config?.value(&at).and_then(Known::to_value));
    if detects == Some(Value::Bool(true)) && browser_first_since <= day {
        parts.push(
            "to patches/interface_config.toml `[set]` with `LANG_DETECTION = false`, for the browser's language goes \
             before the default, and then nobody's does"
                .to_owned(),
        );
    }
    let lead = format!(
        "this client also reads `lang/main-{language}.json`, which is British English: to say it there, add "
    );
    Some(if parts.is_empty() { String::new() } else { lead + &parts.join("; ") })
}

/// The strings that the file would not say as the brand has it, as lines of TOML.
fn unsaid(brand: &Brand, host: &str, language: &str, strings: &Value, labels: &Value) -> Vec<String> {
    let given = wished_strings(brand, Some(host), language);
    let of_english = wished_strings(brand, Some(host), "en");
    let all = saying(labels, &|_| true).into_iter();
    let lines = all.filter_map(|(at, text)| {
        let key = at.to_string();
        let is_there = strings.at(&at).is_some();
        let is_renamed = is_there && !of_english.iter().any(|(other, _)| *other == key);
        let is_said = is_renamed || given.iter().any(|(other, _)| *other == key);
        (!is_said).then(|| format!("`\"{key}\" = {}`", Value::from(text)))
    });
    lines.collect()
}
