//! What goes missing: the client, what its package brought, our own records.

use std::fs;
use std::process::Command;

use rebrand::demo::sites::Year;

use crate::packaged::{INTERFACE, run};
use crate::world::{Run, World};

const HOST: &str = "etc/jitsi/meet/meet.publiccode.net-config.js";

impl World {
    fn host(&self) -> String {
        fs::read_to_string(self.site().join(HOST)).unwrap()
    }

    /// What the removal of our own package runs.
    fn withdraw(&self) -> Run {
        run(&["--root", self.site().to_str().unwrap(), "restore", "--trigger"], &[])
    }
}

/// A backup that follows links leaves a folder where the link to the generation in force was.
#[test]
fn our_records_from_a_backup_that_followed_links_go_on() {
    for is_interrupted in [false, true] {
        let Some(world) = World::packaged(Year::Y2026) else { return };
        let before = world.files();
        world.run(&["apply", "--yes"]).is(0, &[]);
        let ours = world.site().join("var/lib/rebrand");
        let backup = world.folder.path().join("backup");
        for (from, to) in [(&ours, &backup), (&backup, &ours)] {
            assert!(Command::new("cp").arg("-rL").arg(from).arg(to).status().unwrap().success());
            fs::remove_dir_all(from).unwrap();
        }
        let current = ours.join("current");
        assert!(!current.is_symlink() && current.is_dir());
        world.run(&["check"]).is(0, &[]);
        if is_interrupted {
            // As a kill leaves it before the link and the folder have traded names, or after.
            fs::create_dir(ours.join(".current.rebrand-new")).unwrap();
        }
        world.asset("brand.toml", b"[brand]\nname = \"Another Name\"\n");
        world.run(&["apply", "--yes"]).is(0, &[]);
        assert!(current.is_symlink());
        assert!(world.served(INTERFACE).contains("Another Name"));
        assert!(!ours.join(".current.rebrand-new").exists());
        world.run(&["restore", "--yes"]).is(0, &[]);
        world.is_as(&before);
    }
}

/// Somebody took them for backups. The site goes on as it is, and what to do is said.
#[test]
fn without_the_package_s_own_files_the_brand_stays_and_the_way_out_is_told() {
    let Some(world) = World::packaged(Year::Y2026) else { return };
    world.run(&["apply", "--yes"]).is(0, &[]);
    let branded = world.served(INTERFACE);
    let shipped = fs::read_to_string(world.shipped(INTERFACE)).unwrap();
    world.drop_file(INTERFACE);
    let hint = "apt-get install --reinstall jitsi-meet-web";
    world.run(&["status"]).is(2, &["interface_config.js` is not there any more", hint]);
    world.trigger().is(0, &["is not there any more"]);
    assert_eq!(world.served(INTERFACE), branded);
    world.unpack(INTERFACE, shipped.as_bytes());
    world.trigger().is(0, &[]);
    world.run(&["check"]).is(0, &[]);
}

/// Removed and installed again, as a cure for something else: what lies outside the client is not forgotten.
#[test]
fn a_client_that_comes_again_can_be_given_back_whole() {
    let Some(world) = World::packaged(Year::Y2026) else { return };
    let (before, host) = (world.files(), world.host());
    world.run(&["apply", "--yes"]).is(0, &[]);
    world.removed();
    world.trigger().is(0, &[]);
    assert_eq!(world.diversions(), "");
    for (path, bytes) in &before {
        if let Ok(name) = path.strip_prefix(world.web("")) {
            world.unpack(name.to_str().unwrap(), bytes);
        }
    }
    world.installed("1.0.1-1");
    world.trigger().is(0, &["in force again"]);
    world.run(&["restore", "--yes"]).is(0, &[]);
    assert!(world.host() == host, "the host's file differs");
}

/// Without the client our package gives back what lies elsewhere, whoever goes first.
#[test]
fn our_package_gives_back_the_hosts_files_after_the_client() {
    for is_told in [true, false] {
        let Some(world) = World::packaged(Year::Y2026) else { return };
        let host = world.host();
        world.run(&["apply", "--yes"]).is(0, &[]);
        world.removed();
        if is_told {
            world.trigger().is(0, &[]);
        }
        world.withdraw().is(0, &[]);
        assert!(world.host() == host, "the host's file differs, after a run of the trigger: {is_told}");
        assert_eq!(world.diversions(), "");
        assert!(!world.site().join("var/lib/rebrand/receipt.json").exists());
    }
}

/// What was before the brand nobody knows any more, so `restore` does not say that it gave it back.
#[test]
fn a_lost_record_is_told_by_restore_too() {
    let Some(world) = World::packaged(Year::Y2026) else { return };
    world.run(&["apply", "--yes"]).is(0, &[]);
    let branded = world.host();
    fs::remove_dir_all(world.site().join("var/lib/rebrand")).unwrap();
    for _ in 0..2 {
        world.run(&["apply", "--yes"]).is(0, &["what was there before is not known"]);
        world.run(&["status"]).is(0, &["meet.publiccode.net-config.js`", "holds the brand already"]);
    }
    world.run(&["restore", "--yes"]).is(1, &["held the brand before the records"]);
    assert!(world.host() == branded, "the host's file differs");
}

/// The project lies elsewhere, or its disk is not mounted: what is in force stays, and the line of the run says why.
#[test]
fn without_a_brand_what_is_in_force_stays_and_is_told() {
    let Some(world) = World::packaged(Year::Y2026) else { return };
    world.run(&["apply", "--yes"]).is(0, &[]);
    let branded = world.served(INTERFACE);
    fs::rename(world.site().join("etc/rebrand/brand"), world.site().join("etc/rebrand/away")).unwrap();
    world.trigger().is(0, &["speaks of no brand any more", "stay as they were"]);
    assert_eq!(world.served(INTERFACE), branded);
}

/// The page loads no title without it, and no wish of the brand shows that.
#[test]
fn a_file_that_the_package_brings_and_nobody_has_is_told() {
    let Some(world) = World::packaged(Year::Y2026) else { return };
    world.run(&["apply", "--yes"]).is(0, &[]);
    world.drop_file("title.html");
    let words = ["title.html` is not here, though its package brings it", "--reinstall"];
    world.run(&["status"]).is(1, &words);
    let branded = world.served("title.html");
    world.run(&["apply", "--yes"]).is(0, &words);
    assert_eq!(world.served("title.html"), branded, "visitors go on getting it");
    world.run(&["check", "--monitor"]).is(1, &["WARNING"]);
}

/// The record of each edit tells what was there before it.
#[test]
fn without_the_kept_files_edits_are_taken_back_one_by_one() {
    let Some(world) = World::packaged(Year::Y2026) else { return };
    let host = world.host();
    world.run(&["apply", "--yes"]).is(0, &[]);
    for entry in fs::read_dir(world.site().join("var/lib/rebrand")).unwrap().map(Result::unwrap) {
        if entry.file_name().to_string_lossy().starts_with("shipped-") {
            fs::remove_file(entry.path()).unwrap();
        }
    }
    world.run(&["apply", "--yes"]).is(0, &["nothing to do"]);
    world.run(&["check"]).is(0, &[]);
    world.run(&["restore", "--yes"]).is(0, &[]);
    assert!(world.host() == host, "the host's file differs");
}

/// A generation shares its files with later ones, so an edit in place is in all of them.
#[test]
fn an_earlier_generation_that_somebody_edited_is_refused() {
    let Some(world) = World::packaged(Year::Y2026) else { return };
    world.run(&["apply", "--yes"]).is(0, &[]);
    world.asset("brand.toml", crate::packaged::BRAND.replace("Public Code Meet", "Meet").as_bytes());
    world.run(&["apply", "--yes"]).is(0, &[]);
    let logo = fs::read_dir(world.web("images/rebrand")).unwrap().next().unwrap().unwrap().path();
    fs::write(&logo, "spoiled").unwrap();
    world.run(&["restore", "--to", "1", "--yes"]).is(2, &["was changed by hand since it was written"]);
}

/// After `restore` nothing shows how the files took their places: an earlier generation comes back as it was.
#[test]
fn an_earlier_generation_comes_back_by_links_after_all_was_given_back() {
    let Some(world) = World::packaged(Year::Y2026) else { return };
    let german = "lang/main-de.json";
    world.unpack(german, br#"{ "a": "Jitsi Meet unterwegs" }"#);
    world.installed("1.0.1-1");
    world.run(&["apply", "--yes"]).is(0, &[]);
    world.run(&["restore", "--yes"]).is(0, &[]);
    world.run(&["restore", "--to", "1", "--yes"]).is(0, &[]);
    assert!(world.is_link("usr/share/jitsi-meet/interface_config.js"));
    world.drop_file(german);
    world.installed("1.0.2-1");
    world.run(&["apply", "--yes"]).is(0, &[]);
    world.run(&["check"]).is(0, &[]);
    world.run(&["restore", "--yes"]).is(0, &[]);
    assert_eq!(world.diversions(), "");
    assert!(!world.web("images/rebrand").exists());
}

/// A translation whose link somebody took away is missed by visitors, and by `check`.
#[test]
fn a_lost_link_is_a_lost_wish_until_it_is_made_again() {
    let Some(world) = World::packaged(Year::Y2026) else { return };
    let german = "lang/main-de.json";
    world.unpack(german, br#"{ "a": "Jitsi Meet unterwegs" }"#);
    world.installed("1.0.1-1");
    world.run(&["apply", "--yes"]).is(0, &[]);
    for path in [german, INTERFACE, "title.html"] {
        let branded = world.served(path);
        fs::remove_file(world.web(path)).unwrap();
        world.run(&["check"]).is(1, &[path]);
        world.run(&["apply", "--yes"]).is(0, &[]);
        assert!(
            world.is_link(&format!("usr/share/jitsi-meet/{path}")) && world.served(path) == branded,
            "{path}"
        );
        world.run(&["check"]).is(0, &[]);
    }
}
