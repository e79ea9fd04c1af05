//! Files that dpkg knows: hand edits before the first `apply`, upgrades after it, and records that were lost.

use std::fs;

use rebrand::demo::sites::{Year, upgrade};
use rebrand::digest::md5;

use crate::world::{BRAND, INTERFACE, World};

/// Lets dpkg know `interface_config.js` as it is.
pub(crate) fn known_to_dpkg(world: &World) {
    let sum = md5(world.text(INTERFACE).as_bytes());
    world.put("var/lib/dpkg/info/jitsi-meet-web.md5sums", format!("{sum}  {INTERFACE}\n"));
    let status = "Package: jitsi-meet-web\nStatus: install ok installed\nVersion: 1.0.9268-1\n\n";
    world.put("var/lib/dpkg/status", status);
}

/// A site of a package, whose `interface_config.js` somebody edited before.
fn edited() -> World {
    let world = World::new(Year::Y2026, BRAND);
    known_to_dpkg(&world);
    world.edit(INTERFACE, "PROVIDER_NAME: 'Jitsi'", "PROVIDER_NAME: 'Somebody'");
    world
}

#[test]
fn a_package_file_edited_by_hand_is_refused_with_its_keys() {
    let told = edited().refuses(&["apply", "--yes"], 1);
    told.says(&[INTERFACE, "PROVIDER_NAME", "--reinstall jitsi-meet-web", "--accept-base"]);
}

#[test]
fn it_is_taken_as_it_is_when_that_is_asked_for() {
    let world = edited();
    let before = world.files();
    world.run(&["apply", "--yes", "--accept-base"]).is(0);
    world.run(&["status"]).is(0).says(&["edited by hand", "taken as it was"]);
    world.run(&["restore", "--yes"]).is(0);
    assert!(world.files() == before, "the hand edit stays");
}

#[test]
fn an_upgrade_is_a_new_base() {
    let world = World::new(Year::Y2021, BRAND);
    known_to_dpkg(&world);
    world.run(&["apply", "--yes"]).is(0);
    for (path, text) in upgrade(Year::Y2026) {
        world.put(path, text);
    }
    known_to_dpkg(&world);
    let shipped = world.text(INTERFACE);
    world.run(&["check"]).is(1);
    assert!(world.run(&["status"]).is(1).out.contains("renewed"));
    world.run(&["apply", "--yes"]).is(0);
    world.run(&["check"]).is(0);
    world.run(&["restore", "--yes"]).is(0);
    assert_eq!(world.text(INTERFACE), shipped, "what the package brought last");
}

#[test]
fn lost_records_are_told_and_nothing_is_made_up() {
    let world = World::branded(Year::Y2026, BRAND);
    fs::remove_dir_all(world.site().join("var/lib/rebrand")).unwrap();
    world.run(&["status"]).is(0).says(&["holds the brand already", "not known"]);
    world.refuses(&["restore", "--yes"], 1).says(&["nothing is kept here"]);
}

#[test]
fn a_default_that_changed_under_an_edit_is_told() {
    let world = World::new(Year::Y2026, BRAND);
    known_to_dpkg(&world);
    let shipped = world.text(INTERFACE);
    world.run(&["apply", "--yes"]).is(0);
    world.put(
        INTERFACE,
        shipped.replace(
            "JITSI_WATERMARK_LINK: 'https://jitsi.org'",
            "JITSI_WATERMARK_LINK: 'https://jitsi.example'",
        ),
    );
    known_to_dpkg(&world);
    let words = [
        "upstream changed `JITSI_WATERMARK_LINK` of",
        "from \"https://jitsi.org\" to \"https://jitsi.example\"",
    ];
    world.run(&["status"]).is(1).says(&words);
    world.run(&["apply", "--yes"]).is(0).says(&words);
    world.run(&["status"]).is(0).says(&words);
    world.run(&["lock", "--upgrade", "--offline"]).is(0).says(&["accepted: upstream changed"]);
    assert!(
        !world.run(&["status"]).is(0).err.contains("upstream changed"),
        "once it is accepted it is known"
    );
}
