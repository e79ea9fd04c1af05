//! Translations.

use std::fs;

use crate::{BRAND, ENGLISH, GERMAN, World, write};

/// What the German lacks, so that its visitors would read upstream's English.
const MOBILE: &str = ",\n        \"jitsiOnMobile\": \"Public Code Meet on mobile\"";

#[test]
fn strings_that_mean_the_product_say_the_name_and_all_else_stays() {
    let world = World::named(&format!("{BRAND}[text.de]\n\"welcomepage.startMeeting\" = \"Los\"\n"));
    let expected = GERMAN
        .replace("Jitsi-Link", "Public-Code-Meet-Link")
        .replace("\"Jitsi Meet\"", "\"Public Code Meet\"")
        .replace("\"Konferenz starten\"", &format!("\"Los\"{MOBILE}"));
    world.round(|world| {
        assert_eq!(world.text("lang/main-de.json"), expected);
        assert_eq!(world.text("lang/main.json"), ENGLISH, "it is compiled into the client");
    });
}

#[test]
fn line_ends_and_a_missing_last_one_stay() {
    let world = World::named(BRAND);
    let text = GERMAN.trim_end().replace('\n', "\r\n");
    write(&world.web("lang/main-de.json"), text.as_bytes());
    let expected =
        text.replace("Jitsi-Link", "Public-Code-Meet-Link").replace("Jitsi Meet", "Public Code Meet");
    let expected = expected.replace("starten\"", &format!("starten\"{}", MOBILE.replace('\n', "\r\n")));
    world.round(|world| assert_eq!(world.text("lang/main-de.json"), expected));
}

#[test]
fn a_translation_that_is_broken_or_too_long_stays_as_it_is_and_is_told() {
    let world = World::named(BRAND);
    write(&world.web("lang/main-fr.json"), b"{ \"a\": \"Jitsi Meet\", }}");
    let long = format!("{{ \"a\": \"Jitsi Meet\", \"b\": \"{}\" }}", "x".repeat(10 << 20));
    write(&world.web("lang/main-nl.json"), long.as_bytes());
    write(&world.web("lang/main-xx.json"), b"\xff\xfe Jitsi");
    let (broken, long_file) = (world.text("lang/main-fr.json"), long.len());
    world.run(&["apply", "--yes"]).is(
        0,
        &[
            "warning: `usr/share/jitsi-meet/lang/main-fr.json`",
            "the client says English instead of this language until the file is mended",
            "main-nl.json` has 10485",
            "main-xx.json` is not UTF-8",
        ],
    );
    assert_eq!(world.text("lang/main-fr.json"), broken);
    assert_eq!(fs::metadata(world.web("lang/main-nl.json")).unwrap().len(), long_file as u64);
    assert!(world.text("lang/main-de.json").contains("Public Code Meet"));
}

#[test]
fn a_language_that_is_not_here_is_told() {
    let world = World::named("[text.fr]\n\"welcomepage.startMeeting\" = \"Allez\"\n");
    world.run(&["apply", "--yes"]).is(0, &["is not here"]);
    fs::remove_dir_all(world.web("lang")).unwrap();
    world.asset("brand.toml", BRAND.as_bytes());
    world.run(&["apply", "--yes"]).is(0, &[]);
}

#[test]
fn an_upgrade_brings_new_strings_and_they_are_named_too() {
    let world = World::named(BRAND);
    world.run(&["apply", "--yes"]).is(0, &[]);
    let newer = GERMAN.replace("Konferenz starten", "Jitsi Meet starten");
    write(&world.web("lang/main-de.json"), newer.as_bytes());
    world.run(&["check"]).is(1, &["lang/main-de.json"]);
    world.run(&["apply", "--yes"]).is(0, &[]);
    assert!(world.text("lang/main-de.json").contains("Public Code Meet starten"));
    world.run(&["restore", "--yes"]).is(0, &[]);
    assert_eq!(world.text("lang/main-de.json"), newer);
}

#[test]
fn a_string_that_the_client_does_not_have_is_told() {
    let world =
        World::named("[text.de]\n\"welcomepage.headrTitle\" = \"Hallo\"\n[text.en]\nfoo.bar = \"x\"\n");
    let words = [
        "`welcomepage.headrTitle` is no string of the installed client",
        "did you mean `welcomepage.headerTitle`?",
    ];
    world.run(&["apply", "--yes"]).is(0, &words);
    world.run(&["status"]).is(0, &["`foo.bar` is no string of the installed client"]);
    world.asset("brand.toml", b"[text.de]\n\"welcomepage.headerTitle\" = \"Hallo\"\n");
    assert!(!world.run(&["apply", "--yes"]).said.contains("is no string"));
}
