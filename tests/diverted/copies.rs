//! Regular files instead of links, for what follows none: diverted all the same, so that upgrades go beside them.

use std::fs;

use rebrand::demo::sites::Year;

use crate::packaged::{BRAND, INTERFACE};
use crate::world::World;

const COPIES: &str = "\n[files]\nlinks = false\n";

#[test]
fn files_stay_files_and_every_byte_comes_back() {
    let Some(world) = World::packaged(Year::Y2021) else { return };
    let before = world.files();
    world.asset("brand.toml", format!("{BRAND}{COPIES}").as_bytes());
    world.run(&["apply", "--yes"]).is(0, &["applied"]);
    assert!(!world.is_link("usr/share/jitsi-meet/interface_config.js"));
    assert!(!world.is_link("usr/share/jitsi-meet/images/rebrand"));
    assert!(world.diversions().contains("interface_config.js.rebrand-shipped"));
    let branded = world.served(INTERFACE);
    let newer = fs::read_to_string(world.shipped(INTERFACE)).unwrap().replace("// ", "/// ");
    world.unpack(INTERFACE, newer.as_bytes());
    world.installed("1.0.2-1");
    assert_eq!(world.served(INTERFACE), branded, "before the trigger runs");
    world.trigger().is(0, &["in force again"]);
    assert_ne!(world.served(INTERFACE), branded);
    world.run(&["check"]).is(0, &[]);
    world.run(&["apply", "--yes"]).is(0, &["nothing to do"]);
    world.run(&["restore", "--yes"]).is(0, &["restored"]);
    assert_eq!(world.served(INTERFACE), newer);
    world.asset("brand.toml", BRAND.as_bytes());
    world.unpack(INTERFACE, &before[&world.web(INTERFACE)]);
    world.is_as(&before);
}

/// Nothing tells a copy of ours from a file that somebody put there but its bytes.
#[test]
fn a_file_that_the_package_drops_is_withdrawn_or_stays_ours() {
    let Some(world) = World::packaged(Year::Y2021) else { return };
    let german = "lang/main-de.json";
    world.unpack(german, br#"{ "a": "Jitsi Meet unterwegs" }"#);
    world.unpack("favicon.ico", b"of the package");
    world.installed("1.0.1-1");
    world.asset("brand.toml", format!("{BRAND}icon = \"logo.svg\"\n{COPIES}").as_bytes());
    world.run(&["apply", "--yes"]).is(0, &["applied"]);
    world.drop_file(german);
    world.drop_file("favicon.ico");
    world.installed("1.0.2-1");
    world.trigger().is(0, &["in force again"]);
    world.run(&["check"]).is(0, &[]);
    assert!(!world.web(german).exists(), "what the client does not ask for any more");
    assert!(world.web("favicon.ico").exists(), "what browsers ask for anyway");
    world.run(&["restore", "--yes"]).is(0, &["restored"]);
    assert!(!world.web("favicon.ico").exists());
    assert_eq!(world.diversions(), "");
}

#[test]
fn copies_become_links_at_once_and_links_copies_by_way_of_restore() {
    let Some(world) = World::packaged(Year::Y2021) else { return };
    let before = world.files();
    world.asset("brand.toml", format!("{BRAND}{COPIES}").as_bytes());
    world.run(&["apply", "--yes"]).is(0, &[]);
    let branded = world.served(INTERFACE);
    world.asset("brand.toml", BRAND.as_bytes());
    world.run(&["status"]).is(1, &["`rebrand apply` mends that"]);
    world.run(&["apply", "--dry-run"]).is(1, &["nothing was written"]);
    world.run(&["apply", "--yes"]).is(0, &["applied"]);
    assert!(world.is_link("usr/share/jitsi-meet/interface_config.js"));
    assert_eq!(world.served(INTERFACE), branded);
    world.asset("brand.toml", format!("{BRAND}{COPIES}").as_bytes());
    for deed in [&["status"][..], &["check"], &["apply", "--yes"]] {
        world.run(deed).is(1, &["in another way", "`rebrand restore` first"]);
    }
    assert_eq!(world.served(INTERFACE), branded);
    // Nobody is there who could do that: an upgrade goes on as it was.
    let newer = fs::read_to_string(world.shipped(INTERFACE)).unwrap().replace("// ", "/// ");
    world.unpack(INTERFACE, newer.as_bytes());
    world.installed("1.0.2-1");
    world.trigger().is(0, &["in force again"]);
    assert!(world.is_link("usr/share/jitsi-meet/interface_config.js") && world.served(INTERFACE) != branded);
    world.run(&["restore", "--yes"]).is(0, &[]);
    world.run(&["apply", "--yes"]).is(0, &[]);
    assert!(!world.is_link("usr/share/jitsi-meet/interface_config.js"));
    world.run(&["restore", "--yes"]).is(0, &[]);
    world.asset("brand.toml", BRAND.as_bytes());
    world.unpack(INTERFACE, &before[&world.web(INTERFACE)]);
    world.is_as(&before);
}
