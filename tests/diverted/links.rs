//! Links into the generation in force: made, followed through upgrades, and taken away.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use rebrand::demo::sites::Year;

use crate::packaged::{INTERFACE, run};
use crate::world::{World, write};

const NAMED: &str = "APP_NAME: 'Public Code Meet'";

#[test]
fn the_brand_is_reached_by_links_and_every_byte_comes_back() {
    let Some(world) = World::packaged(Year::Y2021) else { return };
    let before = world.files();
    let shipped = world.served(INTERFACE);
    world.run(&["apply", "--yes"]).is(0, &["applied"]);
    assert!(world.is_link("usr/share/jitsi-meet/interface_config.js"));
    assert!(world.is_link("usr/share/jitsi-meet/images/rebrand"));
    assert!(world.served(INTERFACE).contains(NAMED));
    assert_eq!(fs::read_to_string(world.shipped(INTERFACE)).unwrap(), shipped, "beside, for dpkg to verify");
    assert!(world.diversions().contains("interface_config.js.rebrand-shipped\nrebrand\n"));
    world.run(&["check"]).is(0, &[]);
    world.run(&["apply", "--yes"]).is(0, &["nothing to do"]);
    world.run(&["restore", "--yes"]).is(0, &["restored"]);
    world.is_as(&before);
}

#[test]
fn an_upgrade_keeps_the_brand_and_is_followed() {
    let Some(world) = World::packaged(Year::Y2021) else { return };
    world.run(&["apply", "--yes"]).is(0, &[]);
    let newer = fs::read_to_string(world.shipped(INTERFACE)).unwrap().replace("// ", "/// ");
    world.unpack(INTERFACE, newer.as_bytes());
    world.installed("1.0.2-1");
    assert!(world.served(INTERFACE).contains(NAMED), "before the trigger runs");
    world.run(&["status"]).is(1, &["renewed"]);
    world.trigger().is(0, &["the brand is in force again"]);
    assert!(world.served(INTERFACE).contains("/// ") && world.served(INTERFACE).contains(NAMED));
    world.run(&["check"]).is(0, &[]);
    world.run(&["restore", "--yes"]).is(0, &[]);
    assert_eq!(world.served(INTERFACE), newer, "what the package brought last");
}

#[test]
fn from_2021_to_2026_and_back() {
    let Some(world) = World::packaged(Year::Y2021) else { return };
    world.run(&["apply", "--yes"]).is(0, &[]);
    for year in [Year::Y2026, Year::Y2021] {
        for (path, text) in rebrand::demo::sites::upgrade(year) {
            world.unpack(path.strip_prefix("usr/share/jitsi-meet/").unwrap(), text.as_bytes());
        }
        world.installed("1.0.2-1");
        world.trigger().is(0, &["in force again"]);
        world.run(&["check"]).is(0, &[]);
    }
}

#[test]
fn a_file_that_the_package_drops_is_withdrawn() {
    let Some(world) = World::packaged(Year::Y2021) else { return };
    world.run(&["apply", "--yes"]).is(0, &[]);
    world.drop_file("manifest.json");
    world.installed("1.0.2-1");
    world.run(&["status"]).is(1, &["the package brings `usr/share/jitsi-meet/manifest.json` no more"]);
    world.trigger().is(0, &["in force again"]);
    assert!(!world.web("manifest.json").is_symlink());
    assert!(!world.diversions().contains("manifest.json"));
    world.run(&["check"]).is(0, &[]);
}

#[test]
fn a_file_that_the_package_brings_where_one_was_added_stays_branded_and_is_kept() {
    let Some(world) = World::packaged(Year::Y2026) else { return };
    world.run(&["apply", "--yes"]).is(0, &[]);
    let icon = fs::read(world.web("favicon.ico")).unwrap();
    world.unpack("favicon.ico", b"theirs");
    world.installed("1.0.2-1");
    world.trigger().is(0, &[]);
    assert_eq!(fs::read(world.web("favicon.ico")).unwrap(), icon);
    world.run(&["restore", "--yes"]).is(0, &[]);
    assert_eq!(fs::read(world.web("favicon.ico")).unwrap(), b"theirs");
}

#[test]
fn a_package_that_goes_takes_the_links_with_it() {
    let Some(world) = World::packaged(Year::Y2021) else { return };
    world.run(&["apply", "--yes"]).is(0, &[]);
    world.removed();
    world.trigger().is(0, &[]);
    assert_eq!(world.diversions(), "");
    assert!(!world.site().join("usr/share/jitsi-meet").exists(), "nothing of ours keeps the folder");
    world.run(&["status"]).is(2, &["there is no Jitsi Meet here"]);
}

#[test]
fn a_changed_brand_is_the_next_generation_and_three_are_kept() {
    let Some(world) = World::packaged(Year::Y2026) else { return };
    for name in ["One", "Two", "Three", "Four", "Five"] {
        world.asset("brand.toml", format!("[brand]\nname = \"{name}\"\n").as_bytes());
        world.run(&["apply", "--yes"]).is(0, &[]);
        assert!(world.served("title.html").contains(name));
    }
    let mut kept: Vec<_> = fs::read_dir(world.site().join("var/lib/rebrand/generations"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    kept.sort();
    assert_eq!(kept, ["3", "4", "5"]);
}

#[test]
fn an_earlier_generation_comes_back_whole_and_is_held() {
    let Some(world) = World::packaged(Year::Y2026) else { return };
    let mut seen = Vec::new();
    for name in ["One", "Two", "Three"] {
        let brand = format!(
            "[brand]\nname = \"{name}\"\nhome = \"https://{name}.example/\"\n[people]\nremote = \"{name}\"\n"
        );
        world.asset("brand.toml", brand.as_bytes());
        world.run(&["apply", "--yes"]).is(0, &[]);
        seen.push(world.files());
    }
    world.run(&["restore", "--yes", "--to", "2"]).is(0, &["restored"]);
    let site = |files: &std::collections::BTreeMap<std::path::PathBuf, Vec<u8>>| {
        let parts = [world.site().join("usr"), world.site().join("etc/jitsi")];
        let files = files.iter().filter(|(path, _)| parts.iter().any(|part| path.starts_with(part)));
        files.map(|(path, bytes)| (path.clone(), bytes.clone())).collect::<Vec<_>>()
    };
    assert!(site(&world.files()) == site(&seen[1]), "not the second generation");
    world.trigger().is(0, &["held"]);
    assert!(world.served("title.html").contains("Two"));
    world.run(&["restore", "--yes", "--to", "99"]).is(1, &["generation 99 is not kept", "these are:"]);
    world.run(&["apply", "--yes"]).is(0, &[]);
    assert!(site(&world.files()) == site(&seen[2]), "the brand, again");
}

#[test]
fn what_is_served_can_be_read_by_all_whatever_the_umask() {
    let Some(world) = World::packaged(Year::Y2026) else { return };
    let (root, program) = (world.site(), env!("CARGO_BIN_EXE_rebrand"));
    let script = format!(
        "umask 077; '{program}' --root '{root}' -C '{root}/etc/rebrand' apply --yes",
        root = root.display()
    );
    assert!(std::process::Command::new("sh").args(["-c", &script]).output().unwrap().status.success());
    let mut ahead = vec![world.site().join("var/lib/rebrand/generations")];
    while let Some(path) = ahead.pop() {
        let mode = fs::metadata(&path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, if path.is_dir() { 0o755 } else { 0o644 }, "{path:?}");
        if path.is_dir() {
            ahead.extend(fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
        }
    }
    for folder in ["var/lib/rebrand", "var/lib"] {
        let mode = fs::metadata(world.site().join(folder)).unwrap().permissions().mode();
        assert_eq!(mode & 0o005, 0o005, "{folder}");
    }
}

#[test]
fn a_root_that_is_copied_elsewhere_shows_the_same() {
    let Some(world) = World::packaged(Year::Y2026) else { return };
    world.run(&["apply", "--yes"]).is(0, &[]);
    let other = tempfile::tempdir().unwrap();
    let copy = other.path().join("root");
    assert!(
        std::process::Command::new("cp").arg("-a").arg(world.site()).arg(&copy).status().unwrap().success()
    );
    let branded = world.served(INTERFACE);
    drop(world);
    assert_eq!(fs::read_to_string(copy.join("usr/share/jitsi-meet/interface_config.js")).unwrap(), branded);
    let root = copy.to_str().unwrap();
    run(&["--root", root, "-C", copy.join("etc/rebrand").to_str().unwrap(), "check"], &[]).is(0, &[]);
}

#[test]
fn what_an_older_run_of_ours_wrote_in_place_becomes_links() {
    let Some(world) = World::packaged(Year::Y2021) else { return };
    let before = world.files();
    let list = world.site().join("var/lib/dpkg/info/jitsi-meet-web.list");
    let bytes = fs::read(&list).unwrap();
    fs::remove_file(&list).unwrap();
    world.run(&["apply", "--yes"]).is(0, &[]);
    assert!(!world.is_link("usr/share/jitsi-meet/interface_config.js"));
    write(&list, &bytes);
    world.run(&["apply", "--yes"]).is(0, &[]);
    assert!(world.is_link("usr/share/jitsi-meet/interface_config.js"));
    world.run(&["check"]).is(0, &[]);
    world.run(&["restore", "--yes"]).is(0, &[]);
    world.is_as(&before);
}

#[test]
fn a_folder_that_the_client_does_not_have_is_made_and_taken_away() {
    let Some(world) = World::packaged(Year::Y2026) else { return };
    let images = world.site().join("usr/share/jitsi-meet/images");
    fs::remove_dir_all(&images).unwrap();
    world.installed("1.0.2-1");
    world.run(&["apply", "--yes"]).is(0, &[]);
    world.run(&["check"]).is(0, &[]);
    assert!(images.join("rebrand").is_symlink());
    world.run(&["restore", "--yes"]).is(0, &[]);
    assert!(!images.exists());
}
