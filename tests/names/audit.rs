//! What is left of upstream, and known mistakes: as the commands tell them.

use rebrand::demo::sites::Year;

use crate::{BRAND, World, write};

/// A brand that says something of everything that the stand-ins show.
const WHOLE: &str = "[brand]\nname = \"Public Code Meet\"\nprovider = \"Foundation for Public Code\"\n\
    home = \"https://publiccode.net/\"\nsupport = \"https://publiccode.net/contact\"\n\
    streaming-help = \"https://publiccode.net/streaming\"\n\
    [people]\nremote = \"fellow Public Coder\"\n[logo]\nsource = \"logo.svg\"\n[phones]\napp = false\n";

#[test]
fn before_it_lists_all_and_after_what_nothing_from_outside_changes() {
    for year in [Year::Y2021, Year::Y2026] {
        let world = World::of(year, WHOLE);
        let words = [
            "browser tab",
            "link previews",
            "installed app",
            "translations",
            "`APP_NAME`",
            "lang/main-de.json",
        ];
        world.run(&["audit"]).is(1, &words);
        world.round(|world| {
            let after = world.run(&["audit"]);
            assert_eq!(after.status, Some(0), "{}", after.said);
            assert_eq!(
                after.said.contains("stays: English strings"),
                matches!(year, Year::Y2021),
                "{}",
                after.said
            );
            assert!(!after.said.contains("→"), "{}", after.said);
        });
    }
}

#[test]
fn a_planted_name_is_found_and_words_that_nobody_sees_are_not() {
    let world = World::named(WHOLE);
    world.run(&["apply", "--yes"]).is(0, &[]);
    let page = "<!DOCTYPE html>\n<title>Bye</title>\n<!-- Jitsi Meet -->\n<p class=\"jitsi-meet\">Bye</p>\n";
    write(&world.web("static/close3.html"), page.as_bytes());
    world.run(&["audit"]).is(0, &[]);
    write(
        &world.web("static/close3.html"),
        page.replace(">Bye</p>", ">Thank you for using Jitsi Meet</p>").as_bytes(),
    );
    world.run(&["audit"]).is(1, &["static/close3.html", "Thank you for using Jitsi Meet", "patches/*.patch"]);
    let json: serde_json::Value = serde_json::from_str(&world.run(&["--json", "audit"]).said).unwrap();
    assert_eq!((&json["ok"], json["left"].as_array().unwrap().len()), (&false.into(), 1));
}

#[test]
fn a_mistake_is_told_with_its_consequence_and_silenced_with_a_reason() {
    let world = World::named(BRAND);
    let patch = world.folder.path().join("project/patches/interface_config.toml");
    write(&patch, b"[set]\nMOBILE_APP_PROMO = false\n");
    let words = [
        "phones get a page without any way into the meeting",
        "`mobile-promo-lockout = ",
        "deeplinking.disabled",
    ];
    world.run(&["diff", "--keys"]).is(1, &words);
    // It never keeps anything from being written, and `check` says no.
    world.run(&["apply", "--yes"]).is(0, &words);
    world.run(&["check"]).is(1, &words);
    let silenced = format!("{BRAND}[silence]\nmobile-promo-lockout = \"our phones have the app\"\n");
    world.asset("brand.toml", silenced.as_bytes());
    world.run(&["check"]).is(0, &[]);
    world.asset("brand.toml", silenced.replace("lockout", "lockin").as_bytes());
    world.run(&["check"]).is(1, &["no known mistake is called `mobile-promo-lockin`", "did you mean"]);
    world.asset("brand.toml", format!("{BRAND}[silence]\nmobile-promo-lockout = true\n").as_bytes());
    world.run(&["check"]).is(2, &["say why it is no mistake here"]);
}

#[test]
fn a_mistake_on_one_host_is_silenced_for_that_host() {
    let world = World::named("");
    let host = "etc/jitsi/meet/meet.publiccode.net-config.js";
    let config = std::fs::read_to_string(world.site().join(host)).unwrap();
    let empty = config.replace("var config = {", "var config = {\n    defaultRemoteDisplayName: '',");
    write(&world.site().join(host), empty.as_bytes());
    world.run(&["status"]).is(0, &["people without a name get the built-in one", "(meet.publiccode.net)"]);
    let silence = "[sites.\"meet.publiccode.net\".silence]\nremote-name-empty = \"as it was\"\n";
    world.asset("brand.toml", silence.as_bytes());
    assert!(!world.run(&["status"]).said.contains("built-in one"));
}

#[test]
fn a_line_that_the_brand_has_already_is_no_remedy() {
    let world = World::named(&format!("{WHOLE}[page]\nenglish = false\n"));
    world.run(&["apply", "--yes"]).is(0, &[]);
    let said = world.run(&["audit"]);
    said.is(1, &["English `welcomepage.headerTitle`", "→ `page.english` of brand.toml"]);
    assert!(!said.said.contains("→ `brand.name`"), "{}", said.said);
    // The operator's own answer gives what it gives.
    let own = World::named(WHOLE);
    let config = own.site().join("etc/jitsi/meet/meet.publiccode.net-config.js");
    let text = std::fs::read_to_string(&config).unwrap();
    write(
        &config,
        text.replace("var config = {", "var config = {\n    dynamicBrandingUrl: '/own.json',").as_bytes(),
    );
    own.run(&["apply", "--yes"]).is(0, &["`dynamicBrandingUrl` is set already"]);
    let said = own.run(&["audit"]);
    assert!(
        said.said.contains("stays: `dynamicBrandingUrl` asks for an answer of your own"),
        "{}",
        said.said
    );
    assert!(!said.said.contains("→ `brand.name`"), "{}", said.said);
}

#[test]
fn phones_that_stay_in_the_browser_see_no_badges_and_no_app() {
    for year in [Year::Y2021, Year::Y2026] {
        let world = World::of(year, "[phones]\napp = false\n");
        world.run(&["audit"]).is(1, &["store badges of the app", "phones are asked to join in the app"]);
        world.round(|world| {
            assert!(world.text("interface_config.js").contains("DISPLAY_WELCOME_FOOTER: false"));
            let said = world.run(&["audit"]).said;
            assert!(!said.contains("badges") && !said.contains("join in the app"), "{said}");
        });
        // Where it is wished, it is nothing that is left.
        world.asset("brand.toml", b"[phones]\napp = true\n");
        let said = world.run(&["audit"]).said;
        assert!(!said.contains("badges") && !said.contains("join in the app"), "{said}");
        // The page is one for all hosts.
        world.asset("brand.toml", b"[sites.\"meet.publiccode.net\"]\nphones.app = false\n");
        world.run(&["apply", "--yes"]).is(0, &["the store badges of the welcome page stay"]);
        assert!(world.text("interface_config.js").contains("DISPLAY_WELCOME_FOOTER: true"));
    }
}
