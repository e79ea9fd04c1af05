//! Strings of the translations, and the English ones, which only dynamic branding replaces.

use rebrand::audit::Remedy;

use crate::{CONFIG, Site, is};

#[test]
fn a_translation_is_found_by_its_key() {
    let site = Site::branded();
    is(
        &site.clone().with("Einen Link", "Einen Jitsi-Link"),
        &[
            "translations | lang/main-de.json `calendarSync.confirmAddLink` | Einen Jitsi-Link hinzufügen? | brand.name",
        ],
    );
    is(
        &site.clone().with("{{logo}} Logo", "Logo von Jitsi"),
        &["translations | lang/main-de.json `lobby.jitsiHome` | Logo von Jitsi | text.de.lobby.jitsiHome"],
    );
    is(&site.with("audInvalid\": \"Erwartet", "audInvalid\": \"Jitsi Meet erwartet"), &[]);
}

#[test]
fn english_is_mended_where_the_client_takes_strings() {
    let title = "translations | English `welcomepage.headerTitle` | Jitsi Meet | brand.name";
    let site = Site::branded().with("\"Public Code Meet\", \"jitsiOn", "\"Jitsi Meet\", \"jitsiOn");
    is(&site, &[title]);
    let labels = [("welcomepage.headerTitle".to_owned(), "Public Code Meet".to_owned())].into();
    let mut given = Site { labels, ..site.clone() };
    is(&given, &[]);
    given.day = Some("2021-12-12");
    given.interface_config =
        given.interface_config.replace("APP_NAME", "DEFAULT_LOGO_URL: 'images/x.svg', APP_NAME");
    is(&given, &["translations | English `welcomepage.headerTitle` | Jitsi Meet | bundle"]);
    assert!(matches!(&given.left()[0].remedy, Remedy::Bundle(reason) if reason.contains("compiled")));
    is(&Site { english: None, ..site }, &[]);
}

#[test]
fn english_is_told_by_host_where_one_has_strings_of_ours_that_name_upstream_otherwise() {
    let mut site = Site::branded();
    site.hosts.insert("other.example.org".to_owned(), CONFIG.to_owned());
    site.labels.insert("welcomepage.headerTitle".to_owned(), "Still Jitsi Meet".to_owned());
    is(&site, &[]);
    let left = site.with("\"Public Code Meet\", \"jitsiOn", "\"Jitsi Meet\", \"jitsiOn").lines();
    let wanted = ["jitsi.example.org", "other.example.org"].map(|host| {
        format!("translations | English `welcomepage.headerTitle` of {host} | Still Jitsi Meet | brand.name")
    });
    assert_eq!(left, wanted);
}

#[test]
fn a_language_is_judged_by_what_the_client_shows_fallback_included() {
    let english = r#"{ "a": { "b": "Jitsi Meet", "jitsi.c": "Jitsi" }, "d": "New to Jitsi?" }"#;
    let sees = |language: &str, text: &str, wanted: &[&str]| {
        let mut site = Site::branded();
        site.english = Some(english.to_owned());
        site.labels =
            [("a.b", "Ours"), ("d", "Ours")].map(|(key, text)| (key.to_owned(), text.to_owned())).into();
        site.languages = [("fr", r#"{ "a": { "b": "Nous" }, "d": "Nouveau ?" }"#), (language, text)]
            .map(|(name, text)| (name.to_owned(), text.to_owned()))
            .into();
        let wanted: Vec<String> =
            wanted.iter().map(|line| format!("translations | lang/main-{line}")).collect();
        assert_eq!(site.lines(), wanted, "{language} {text}");
    };
    let both = [
        "sk.json `a.b` (unset) | Jitsi Meet | brand.name",
        "sk.json `d` (unset) | New to Jitsi? | text.en.d",
    ];
    for text in ["{}", r#"{ "a": { "b": "" }, "d": null }"#, r#"{ "a": "Nov", "a.b": "Nov" }"#] {
        sees("sk", text, &both);
    }
    sees("sk", r#"{ "a": { "b": "Nov" }, "d": { "e": "Nov" } }"#, &[]);
    sees("sk", r#"{ "a": { "b": "Jitsi" }, "d": "Nov" }"#, &["sk.json `a.b` | Jitsi | text.sk.a.b"]);
    sees("frCA", "{}", &both.map(|line| line.replace("sk", "frCA")).each_ref().map(String::as_str));
    sees("fr-CA", r#"{ "a": { "b": "" } }"#, &[]);
    let broken = [
        "sk.json `a.b` (does not parse) | Jitsi Meet | hunk lang/main-sk.json",
        "sk.json `d` (does not parse) | New to Jitsi? | hunk lang/main-sk.json",
    ];
    sees("sk", r#"{ "a": { "b": "Nov" }, "d": "Nov", }"#, &broken);
}
