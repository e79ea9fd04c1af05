//! English strings, by dynamic branding.

use rebrand::demo::sites::Year;
use serde_json::Value as Json;

use crate::{BRAND, World};

const HOST: &str = "etc/jitsi/meet/meet.publiccode.net-config.js";

/// What dynamic branding answers on the host, and the English strings that it names.
fn answered(world: &World) -> Option<(Json, Json)> {
    let config = std::fs::read_to_string(world.site().join(HOST)).unwrap();
    let address = config.split("dynamicBrandingUrl: '/").nth(1)?.split('\'').next()?;
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
