//! `doctor` on a site that is dead, or that nothing can be done for: it never says that nothing is wrong.

use std::fs;
use std::os::unix::fs::symlink;

use rebrand::demo::sites::Year;

use crate::packaged::INTERFACE;
use crate::world::World;

#[test]
fn links_that_lead_nowhere_are_told() {
    let Some(world) = World::packaged(Year::Y2026) else { return };
    world.run(&["apply", "--yes"]).is(0, &[]);
    world.run(&["doctor"]).is(0, &[]);
    let current = world.site().join("var/lib/rebrand/current");
    let to = fs::read_link(&current).unwrap();
    fs::remove_file(&current).unwrap();
    world.run(&["doctor"]).is(1, &["/interface_config.js` is not there, or a link", "`rebrand apply`"]);
    // The command that is named does what it says.
    world.run(&["apply", "--yes"]).is(0, &[]);
    world.run(&["doctor"]).is(0, &[]);
    assert_ne!(fs::read_link(&current).unwrap(), to);
}

/// Moved to where the relative links lead elsewhere, with a link in its old place.
#[test]
fn a_web_root_that_moved_is_told() {
    let Some(world) = World::packaged(Year::Y2026) else { return };
    world.run(&["apply", "--yes"]).is(0, &[]);
    let moved = world.site().join("srv/www/meet.example.org/public/jitsi");
    fs::create_dir_all(moved.parent().unwrap()).unwrap();
    fs::rename(world.web(""), &moved).unwrap();
    symlink("../../srv/www/meet.example.org/public/jitsi", world.site().join("usr/share/jitsi-meet"))
        .unwrap();
    world.run(&["doctor"]).is(1, &["/interface_config.js` is not there, or a link"]);
    world.run(&["apply", "--yes"]).is(0, &[]);
    world.run(&["doctor"]).is(0, &[]);
}

#[test]
fn what_apply_refuses_is_told() {
    let Some(world) = World::packaged(Year::Y2026) else { return };
    let at = world.web(INTERFACE);
    fs::rename(&at, world.site().join("etc/theirs.js")).unwrap();
    symlink("../../../etc/theirs.js", &at).unwrap();
    world.run(&["apply", "--yes"]).is(1, &["is a link to"]);
    world.run(&["doctor"]).is(1, &["is a link to"]);
}

/// dpkg is told to leave files out, and takes them away with the next upgrade.
#[test]
fn files_that_dpkg_leaves_out_are_told() {
    let Some(world) = World::packaged(Year::Y2026) else { return };
    let settings = world.site().join("etc/dpkg/dpkg.cfg.d/slim");
    crate::world::write(&settings, b"# slim\npath-exclude=/usr/share/jitsi-meet/static/*\n");
    world.run(&["doctor"]).is(1, &["leave out `/usr/share/jitsi-meet/static/*`", "slim:2"]);
}

/// Diverted by hand, and nothing in its place: `--reinstall` would not bring it back.
#[test]
fn a_file_that_somebody_diverted_away_is_told() {
    let Some(world) = World::packaged(Year::Y2026) else { return };
    fs::rename(world.web(INTERFACE), world.web("interface_config.js.distrib")).unwrap();
    let path = format!("/usr/share/jitsi-meet/{INTERFACE}");
    let entry = format!("{path}\n{path}.distrib\n:\n");
    crate::world::write(&world.site().join("var/lib/dpkg/diversions"), entry.as_bytes());
    let ends = format!("`mv -f {path}.distrib {path} && dpkg-divert --local --no-rename --remove {path}`");
    world.run(&["apply", "--yes"]).is(2, &["is not there any more", "`rebrand doctor` tells"]);
    world.run(&["doctor"]).is(1, &["somebody diverted", &ends]);
}
