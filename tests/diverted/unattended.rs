//! A run that nobody started does what it can, file by file; a person's `apply` stays all or nothing.

use std::fs;

use rebrand::demo::sites::Year;

use crate::packaged::{BRAND, INTERFACE};
use crate::world::{World, write};

const PROSODY: &str = "etc/prosody/conf.avail/extra.cfg.lua";

fn patch(path: &str, old: &str, new: &str) -> String {
    format!("--- a/{path}\n+++ b/{path}\n@@ -1 +1 @@\n-{old}\n+{new}\n")
}

/// A site whose brand has the patch `text` too, in force.
fn patched(text: &str, path: &str, before: &str) -> Option<World> {
    let world = World::packaged(Year::Y2026)?;
    write(&world.site().join(path), before.as_bytes());
    world.installed("1.0.1-1");
    write(&world.site().join("etc/rebrand/patches/own.patch"), text.as_bytes());
    world.run(&["apply", "--yes"]).is(0, &["applied"]);
    Some(world)
}

/// Puts a newer client there, in which the file that all hosts share is another.
fn upgrade(world: &World, version: &str) -> String {
    let newer = fs::read_to_string(world.shipped(INTERFACE)).unwrap().replace("// ", "/// ");
    world.unpack(INTERFACE, newer.as_bytes());
    world.installed(version);
    world.served(INTERFACE)
}

#[test]
fn a_patched_file_that_goes_holds_up_nobody_else() {
    let text = patch(PROSODY, "name = \"Jitsi\"", "name = \"Public Code\"");
    let Some(world) = patched(&text, PROSODY, "name = \"Jitsi\"\n") else { return };
    fs::remove_file(world.site().join(PROSODY)).unwrap();
    let old = upgrade(&world, "1.0.2-1");
    world.trigger().is(0, &["in force again", "rebrand status"]);
    assert!(world.served(INTERFACE) != old, "the old file stays");
    world.run(&["status"]).is(1, &[PROSODY, "is not here, so it cannot be patched"]);
    world.run(&["check"]).is(1, &[PROSODY]);
    world.run(&["apply", "--yes"]).is(1, &[PROSODY]);
}

#[test]
fn a_page_of_the_client_that_a_patch_does_not_fit_keeps_the_last_good_one() {
    let page = "usr/share/jitsi-meet/static/own.html";
    let text = patch(page, "blue", "red");
    let Some(world) = patched(&text, page, "blue\n") else { return };
    assert_eq!(world.served("static/own.html"), "red\n");
    world.run(&["check"]).is(0, &[]);
    world.unpack("static/own.html", b"green\n");
    let old = upgrade(&world, "1.0.2-1");
    world.trigger().is(0, &["in force again", "rebrand status"]);
    assert!(world.served(INTERFACE) != old, "the old file stays");
    assert_eq!(world.served("static/own.html"), "red\n");
    world.run(&["status"]).is(1, &["static/own.html", "does not fit"]);
    world.run(&["check"]).is(1, &["does not fit"]);
    world.run(&["apply", "--yes"]).is(1, &["does not fit"]);
    world.unpack("static/own.html", b"blue\nmore\n");
    world.installed("1.0.3-1");
    world.trigger().is(0, &["in force again"]);
    assert_eq!(world.served("static/own.html"), "red\nmore\n");
    world.run(&["check"]).is(0, &[]);
    world.run(&["restore", "--yes"]).is(0, &["restored"]);
    assert_eq!(world.diversions(), "");
}

#[test]
fn a_manifest_that_upstream_breaks_keeps_the_last_good_one() {
    let Some(world) = World::packaged(Year::Y2026) else { return };
    world.asset("brand.toml", format!("{BRAND}\n[people]\nremote = \"fellow Public Coder\"\n").as_bytes());
    world.run(&["apply", "--yes"]).is(0, &["applied"]);
    let branded = world.served("manifest.json");
    world.unpack("manifest.json", b"{ \"name\": \"Jitsi Meet\", }");
    let old = upgrade(&world, "1.0.2-1");
    world.trigger().is(0, &["in force again"]);
    assert!(world.served(INTERFACE) != old, "the old file stays");
    assert_eq!(world.served("manifest.json"), branded);
    world.run(&["check"]).is(1, &["manifest.json", "does not parse", "keep getting the branded one"]);
    world.run(&["restore", "--yes"]).is(0, &["restored"]);
    assert_eq!(world.diversions(), "");
}
