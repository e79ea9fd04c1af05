//! English strings, by dynamic branding.

use rebrand::demo::sites::Year;
use serde_json::Value as Json;

use crate::{BRAND, World};

const HOST: &str = "etc/jitsi/meet/meet.publiccode.net-config.js";

/// What dynamic branding answers on the host, and the English strings that it names.
fn answered(world: &World) -> Option<(Json, Json)> {
    let config = std::fs::read_to_string(world.site().join(HOST)).unwrap();
    // Relative, so that it is right below any path.
    let is_ours = |text: &&str| text.starts_with("images/");
    let address = config.split("dynamicBrandingUrl: '").find(is_ours)?.split('\'').next()?;
    let branding = world.json(address);
    let labels = world.json(branding["labels"]["en"].as_str()?.trim_start_matches('/'));
    Some((branding, labels))
}

#[test]
fn english_strings_come_with_the_logo_and_its_link() {
    let world = World::named(&format!(
        "{BRAND}home = \"https://publiccode.net/\"\n[text.en]\n\"welcomepage.startMeeting\" = \"Go\"\n"
    ));
    let (branding, labels) = world.round(|world| answered(world).unwrap());
    assert_eq!(branding["logoImageUrl"], "images/watermark.svg");
    assert_eq!(branding["logoClickUrl"], "https://publiccode.net/");
    let strings = serde_json::json!({ "headerTitle": "Public Code Meet", "jitsiOnMobile": "Public Code Meet on mobile", "startMeeting": "Go" });
    assert_eq!(labels["welcomepage"], strings);
}

#[test]
fn an_old_client_takes_none_and_that_is_told() {
    let world = World::of(Year::Y2021, &format!("{BRAND}[text.en]\n\"welcomepage.startMeeting\" = \"Go\"\n"));
    world
        .run(&["apply", "--yes"])
        .is(0, &["warning: English strings stay as they are: they are compiled in"]);
    assert!(answered(&world).is_none());
}

/// British English as clients before 2023-08 ship it: it lacks what came later.
const BRITISH: &str = "{\n    \"incomingCall\": {\n        \"productLabel\": \"from Jitsi Meet\"\n    },\n    \
    \"welcomepage\": {\n        \"startMeeting\": \"Start meeting\"\n    }\n}\n";

/// What the hint about British English wants, table by table, out of what was told.
fn wanted(told: &str) -> Vec<(String, Vec<String>)> {
    let Some((_, hint)) = told.split_once("to say it there, add ") else { return Vec::new() };
    let hint = hint.lines().next().unwrap();
    let part = |part: &str| {
        let quoted: Vec<String> = part.split('`').skip(1).step_by(2).map(str::to_owned).collect();
        let file = part.trim().split(' ').nth(1).unwrap().to_owned();
        (file, quoted)
    };
    hint.split("; ").map(part).collect()
}

#[test]
fn an_old_client_speaks_british_english_as_the_hint_says() {
    let given = "[text.en]\n\"welcomepage.startMeeting\" = \"Go\"\n";
    let world = World::of(Year::Y2021, &format!("{BRAND}{given}"));
    crate::write(&world.web("lang/main-enGB.json"), BRITISH.as_bytes());
    let applied = world.run(&["apply", "--yes"]);
    applied.is(0, &["warning: English strings stay as they are"]);
    let told = applied.said;
    let files = wanted(&told);
    assert_eq!(files.len(), 3, "{told}");
    for (file, lines) in &files {
        let text = lines.join("\n") + "\n";
        match file.as_str() {
            "brand.toml" => world.asset(file, format!("{BRAND}{given}{text}").as_bytes()),
            file => crate::write(&world.brand().join("..").join(file), text.as_bytes()),
        }
    }
    world.run(&["restore", "--yes"]).is(0, &[]);
    let british = world.round(|world| {
        let after = world.run(&["status"]);
        after.is(0, &["note: English is said by the file of British English"]);
        assert!(!after.said.contains("English strings stay"), "what was asked for is done: {}", after.said);
        let config = world.text("../../../etc/jitsi/meet/meet.publiccode.net-config.js");
        assert!(config.contains("    defaultLanguage: 'enGB'"), "{config}");
        assert!(world.text("interface_config.js").contains("    LANG_DETECTION: false"));
        world.json("lang/main-enGB.json")
    });
    let expected = serde_json::json!({
        "incomingCall": { "productLabel": "from Public Code Meet" },
        "welcomepage": { "startMeeting": "Go", "headerTitle": "Public Code Meet", "jitsiOnMobile": "Public Code Meet on mobile" },
    });
    assert_eq!(british, expected);
}

#[test]
fn a_client_without_that_file_is_offered_nothing() {
    let world = World::of(Year::Y2021, BRAND);
    let applied = world.run(&["apply", "--yes"]);
    applied.is(0, &["note: English strings stay as they are"]);
    let told = applied.said;
    assert!(wanted(&told).is_empty() && !told.contains("enGB"), "{told}");
}

/// The first clients that take them are of 2021-12-13.
#[test]
fn a_client_of_the_first_days_takes_english_strings() {
    for (build, takes) in [(5675, false), (5725, true), (5818, true), (6000, true)] {
        let world = World::of(Year::Y2021, BRAND);
        let index = format!("<script src=\"libs/app.bundle.min.js?v={build}\"></script>");
        crate::write(&world.web("index.html"), index.as_bytes());
        world.run(&["apply", "--yes"]).is(0, &["applied"]);
        assert_eq!(answered(&world).is_some(), takes, "{build}");
    }
}

#[test]
fn an_answer_of_the_operators_own_is_never_overridden() {
    let world = World::named(BRAND);
    let config = std::fs::read_to_string(world.site().join(HOST)).unwrap();
    let own =
        config.replace("var config = {", "var config = {\n    dynamicBrandingUrl: 'https://example.org/x',");
    std::fs::write(world.site().join(HOST), &own).unwrap();
    world.run(&["apply", "--yes"]).is(0, &["`dynamicBrandingUrl` is set already"]);
    assert!(std::fs::read_to_string(world.site().join(HOST)).unwrap().contains("'https://example.org/x'"));
}

#[test]
fn a_welcome_logo_that_would_not_be_seen_is_told_and_there_is_a_way_out() {
    let brand = format!("{BRAND}[logo]\nsource = \"logo.svg\"\nwelcome = \"other.svg\"\n");
    let world = World::named(&brand);
    let other = String::from_utf8(std::fs::read(world.brand().join("logo.svg")).unwrap()).unwrap();
    world.asset("other.svg", other.replace("128", "129").as_bytes());
    world.run(&["apply", "--yes"]).is(0, &["`logo.welcome` is not seen", "page.english = false"]);
    world.asset("brand.toml", format!("{brand}[page]\nenglish = false\n").as_bytes());
    world.run(&["apply", "--yes"]).is(0, &["applied"]);
    assert!(answered(&world).is_none());
}
