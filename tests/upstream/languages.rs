//! What the client shows in every language that upstream ships here, and in made ones whose files lack strings.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use crate::BRAND;
use crate::site::{Scratch, leaves, versions};

/// Translations that lack what upstream's often lack.
const MADE: [(&str, &str); 4] = [
    ("xa", "{}\n"),
    ("xb", "{\n    \"welcomepage\": {\n        \"headerTitle\": \"\"\n    }\n}\n"),
    ("xb-XC", "{\n    \"incomingCall\": {\n        \"productLabel\": null\n    }\n}\n"),
    ("xd", "{ \"welcomepage\": \"\", \"calendarSync\": { \"confirmAddLink\": \"Jitsi\" } }\n"),
];

/// Strings that name something else than the product.
const OTHERS: [&str; 3] =
    ["dialog.e2eeDescription", "tokenAuthFailedReason.audInvalid", "notify.disabledIframe"];

/// The string that i18next shows for `key`: of the language, of that without its region, or of English.
fn shown<'j>(asked: &[&'j BTreeMap<String, Json>], key: &str) -> &'j str {
    let found = asked.iter().filter_map(|strings| strings.get(key));
    let mut found = found.filter(|value| !value.is_null() && value.as_str() != Some(""));
    found.next().and_then(Json::as_str).unwrap_or_default()
}

#[test]
fn every_language_shows_the_brand_where_english_names_the_product() {
    for version in versions() {
        let scratch = Scratch::of(&version, &version, BRAND);
        for (language, text) in MADE {
            scratch.web(&format!("lang/main-{language}.json"), text);
        }
        let before = scratch.snapshot();
        assert_eq!(scratch.run(&["apply", "--yes"]).status, 0, "{version}");
        let files: BTreeMap<String, BTreeMap<String, Json>> = scratch
            .snapshot()
            .into_iter()
            .filter_map(|(path, bytes)| {
                let name =
                    path.strip_prefix("usr/share/jitsi-meet/lang/main")?.strip_suffix(".json")?.to_owned();
                Some((name, leaves(&serde_json::from_slice(&bytes).expect("JSON"))))
            })
            .collect();
        let english = &files[""];
        let named = english.iter().filter(|(key, value)| {
            let is_other = OTHERS.iter().any(|other| key.contains(other));
            !is_other && value.as_str().is_some_and(|text| text.to_lowercase().contains("jitsi"))
        });
        let keys: Vec<&String> = named.map(|(key, _)| key).collect();
        assert!(keys.len() >= 3 || version.as_str() < "2020", "{version}");
        for language in files.keys().filter(|language| !language.is_empty()) {
            let base = language.rsplit_once('-').and_then(|(base, _)| files.get(base));
            let asked: Vec<_> = [Some(&files[language]), base, Some(english)].into_iter().flatten().collect();
            for key in &keys {
                let text = shown(&asked, key);
                assert!(!text.to_lowercase().contains("jitsi"), "{version} {language} {key}: {text}");
            }
        }
        assert!(!scratch.run(&["audit"]).stdout.contains("lang/main-"), "{version}");
        assert_eq!(scratch.run(&["check"]).status, 0, "{version}");
        assert_eq!(scratch.run(&["restore", "--yes"]).status, 0, "{version}");
        assert_eq!(scratch.snapshot(), before, "{version}");
    }
}
