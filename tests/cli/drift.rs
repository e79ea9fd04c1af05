//! Files that somebody edited by hand since they were last written here.

use rebrand::demo::sites::Year;
use rebrand::digest::md5;
use rebrand::value::Value;

use crate::world::{BRAND, HOST, INTERFACE, World};

const SUMS: &str = "var/lib/dpkg/info/jitsi-meet-web.md5sums";

/// Theirs stays through apply and through restore; only ours comes and goes.
#[test]
fn a_hand_edit_beside_ours_is_kept() {
    for (year, file) in [(Year::Y2021, INTERFACE), (Year::Y2026, INTERFACE), (Year::Y2026, HOST)] {
        let world = World::branded(year, BRAND);
        let before = World::new(year, BRAND).text(file);
        let line = if file == HOST {
            "    theirOwn: 'kept', // by hand\n"
        } else {
            "    THEIR_OWN: 'kept', // by hand\n"
        };
        let key = line.trim().split(':').next().unwrap();
        let head = if file == HOST { "var config = {\n" } else { "var interfaceConfig = {\n" };
        let with = format!("{head}{line}");
        world.edit(file, head, &with);
        world.run(&["status"]).prints(&["drifted", file]);
        world.run(&["check"]).is(0);
        world.run(&["apply", "--yes"]).is(0);
        assert_eq!(world.value(file, key), Some(Value::from("kept")), "{year:?} {file}");
        world.run(&["restore", "--yes"]).is(0);
        assert_eq!(world.text(file), before.replacen(head, &with, 1), "{year:?} {file}");
    }
}

#[test]
fn a_new_wish_is_made_beside_a_hand_edit() {
    let world = World::branded(Year::Y2026, BRAND);
    world.edit(HOST, "var config = {\n", "var config = {\n    theirOwn: 1,\n");
    world.brand(&BRAND.replace("[people]", "[people]\nlocal = \"I\""));
    world.run(&["apply", "--yes"]).is(0);
    assert_eq!(world.value(HOST, "defaultLocalDisplayName"), Some(Value::from("I")));
    assert!(world.text(HOST).contains("    theirOwn: 1,\n"));
}

#[test]
fn a_collision_is_refused_until_it_is_overwritten() {
    for (year, file, key) in [
        (Year::Y2021, INTERFACE, "DEFAULT_REMOTE_DISPLAY_NAME"),
        (Year::Y2026, HOST, "defaultRemoteDisplayName"),
    ] {
        let shipped = World::new(year, BRAND).files();
        let world = World::branded(year, BRAND);
        world.edit(file, "fellow Public Coder", "somebody else");
        let refused = world.refuses(&["apply", "--yes"], 1);
        refused.says(&[key, "\"fellow Public Coder\" → \"somebody else\"", "--overwrite-drift"]);
        world.refuses(&["check"], 1);
        world.refuses(&["status"], 1).prints(&["drifted", "refuse"]);
        world.run(&["apply", "--yes", "--overwrite-drift"]).is(0);
        assert_eq!(world.value(file, key), Some(Value::from("fellow Public Coder")));
        world.run(&["restore", "--yes"]).is(0);
        assert_eq!(world.files(), shipped, "{year:?}");
    }
}

#[test]
fn restore_leaves_and_names_what_was_changed_since() {
    let world = World::branded(Year::Y2026, BRAND);
    world.edit(HOST, "fellow Public Coder", "somebody else");
    let restored = world.run(&["restore", "--yes"]);
    restored.is(1).says(&["defaultRemoteDisplayName", "somebody else", "so it stays"]);
    assert_eq!(world.value(HOST, "defaultRemoteDisplayName"), Some(Value::from("somebody else")));
    assert_eq!(world.value(HOST, "defaultLogoUrl"), None, "what is ours is taken back");
}

#[test]
fn restore_takes_back_what_was_changed_since_if_told_to() {
    let shipped = World::new(Year::Y2026, BRAND).files();
    let world = World::branded(Year::Y2026, BRAND);
    world.edit(HOST, "fellow Public Coder", "somebody else");
    world.run(&["restore", "--yes", "--overwrite-drift"]).is(0);
    assert_eq!(world.files(), shipped);
}

#[test]
fn a_file_that_was_broken_by_hand_is_refused_and_keeps_nothing_else_from_being_given_back() {
    let world = World::branded(Year::Y2026, BRAND);
    let shipped = World::new(Year::Y2026, BRAND).text(INTERFACE);
    world.edit(HOST, "var config = {", "var config = {{{");
    let broken = world.text(HOST);
    world.refuses(&["apply", "--yes"], 1).says(&["was changed by hand", "--overwrite-drift"]);
    world.run(&["restore", "--yes"]).is(1).says(&["was changed by hand", "stays as it is"]);
    assert!(world.text(HOST) == broken && world.text(INTERFACE) == shipped);
    world.run(&["apply", "--yes", "--overwrite-drift"]).is(0);
    world.run(&["check"]).is(0);
}

#[test]
fn without_records_there_is_nothing_to_restore() {
    let world = World::new(Year::Y2026, BRAND);
    world.refuses(&["restore", "--yes"], 1).says(&["nothing is kept here"]);
    let world = World::branded(Year::Y2026, BRAND);
    std::fs::remove_dir_all(world.site().join("var/lib/rebrand")).unwrap();
    world.refuses(&["restore", "--yes"], 1).says(&["nothing is kept here"]);
}

/// Ruling 9: what dpkg knows otherwise is no base to build on, unless it is said to be one.
#[test]
fn a_package_file_edited_before_us_is_refused() {
    let world = World::new(Year::Y2026, BRAND);
    let sum = md5(world.text(INTERFACE).as_bytes());
    world.put(SUMS, format!("{sum}  {INTERFACE}\n"));
    world.edit(INTERFACE, "'Jitsi Meet'", "'Our Meet'");
    let refused = world.refuses(&["apply", "--yes"], 1);
    refused.says(&["is not the file that the package brought", "--reinstall", "--accept-base"]);
    world.run(&["apply", "--yes", "--accept-base"]).is(0);
    assert!(world.text(INTERFACE).contains("'Our Meet'"));
    world.run(&["check"]).is(0);
}
