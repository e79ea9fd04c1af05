//! What a mistake says: the key, the line, and what to write instead, for a client of this age.

use rebrand::catalogue::ConfigFile::{Config, InterfaceConfig};
use rebrand::catalogue::{Severity, lints};
use rebrand::lint::asked_for;
use rebrand::value::KeyPath;

use crate::{HOST, site};

#[test]
fn a_mistake_names_its_keys_its_host_and_its_line() {
    let config = "var config = {\n    a: 1,\n    transcription: {\n        enabled: true\n    },\n    transcribingEnabled: false\n};";
    let found = site("", "").config(config).only("legacy-beats-new");
    let keys = [(Config, "transcribingEnabled"), (Config, "transcription.enabled")];
    assert_eq!(found.keys, keys.map(|(file, path)| (file, KeyPath::dotted(path))));
    assert_eq!((found.host.as_deref(), found.line, found.severity), (Some(HOST), Some(6), Severity::Error));
    assert_eq!(
        found.message,
        "`transcription.enabled` has no effect: the old `transcribingEnabled` is still there and overrides it; take the old one out"
    );
    assert_eq!(found.hint, None);
}

#[test]
fn a_mistake_of_the_shared_file_is_of_no_host() {
    let found = site("SUPPORT_URL: 'x.org'", "").only("link-without-scheme");
    assert_eq!(found.host, None);
    assert_eq!(found.keys, [(InterfaceConfig, KeyPath::dotted("SUPPORT_URL"))]);
    assert!(found.message.starts_with("`SUPPORT_URL` leads nowhere"), "{}", found.message);
}

#[test]
fn the_hint_is_one_that_the_client_understands() {
    let files = site("MOBILE_APP_PROMO: false", "");
    let hint = files.only("mobile-promo-lockout").hint;
    assert_eq!(hint.as_deref(), Some("set `deeplinking.disabled` of `config.js` to `true`"));
    let hint = files.on("2021-06-08").only("mobile-promo-lockout").hint;
    assert_eq!(hint.as_deref(), Some("set `disableDeepLinking` of `config.js` to `true`"));
    let hint = site("", "prejoinPageEnabled: false").only("not-translated").hint;
    assert_eq!(hint.as_deref(), Some("set `prejoinConfig.enabled` of `config.js`"));
}

#[test]
fn a_statement_has_its_line_too() {
    let late = site("", "").config("var config = { defaultLogoUrl: 'a' };\n\nconfig.defaultLogoUrl = 'b';");
    assert_eq!(late.only("late-assignment").line, Some(3));
    let again =
        site("", "").config("var config = { a: 1 };\n\nconfig = { b: 1 };").only("overlay-redeclares");
    assert_eq!((again.line, again.keys), (Some(3), vec![(Config, KeyPath::default())]));
    let comment = site("", "").config("var config = {\n    // 'images/ours.svg'\n};");
    let comment = comment.wishing(Config, "defaultLogoUrl", "images/ours.svg").only("comment-only-edit");
    assert_eq!(comment.line, Some(2));
}

#[test]
fn every_message_is_of_the_house() {
    for lint in lints() {
        let message = &lint.message;
        assert!(
            !message.ends_with('.') && !message.starts_with(|first: char| first.is_uppercase()),
            "{message}"
        );
        let names = message.split('{').skip(1).map(|rest| rest.split('}').next().unwrap());
        assert!(names.into_iter().all(|name| ["key", "other", "deed"].contains(&name)), "{message}");
    }
    assert_eq!(asked_for(), ["images/rightwatermark.png"]);
}
