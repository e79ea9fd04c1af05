//! What people and other tools do to the names and the files of a branded site.

use std::fs;
use std::os::unix::fs::symlink;
use std::process::Command;

use rebrand::demo::sites::Year;

use crate::packaged::INTERFACE;
use crate::skip::skip;
use crate::world::{World, write};

/// Replaces the file by another, as `sed -i` and many editors do.
fn replaced(world: &World, name: &str, from: &str, to: &str) -> String {
    let text = world.served(name).replace(from, to);
    assert_ne!(text, world.served(name));
    fs::remove_file(world.web(name)).unwrap();
    write(&world.web(name), text.as_bytes());
    text
}

/// As a container has it. The kernel lets nothing take the place of such a file, not even to undo.
#[test]
fn a_file_that_is_mounted_over_another_is_refused_before_anything_happens() {
    let Some(world) = World::packaged(Year::Y2026) else { return };
    let host = world.site().join("etc/jitsi/meet/meet.publiccode.net-config.js");
    let before = world.files();
    for file in [world.web(INTERFACE), host] {
        let script = "mount --bind \"$0\" \"$0\" || exit 99; exec \"$@\"";
        let mut command = Command::new("unshare");
        command.args(["--mount", "sh", "-c", script]).arg(&file).arg(env!("CARGO_BIN_EXE_rebrand"));
        command.arg("-C").arg(world.folder.path().join("project")).arg("--root").arg(world.site());
        let done = command.args(["apply", "--yes"]).output().unwrap();
        let said = String::from_utf8_lossy(&done.stderr);
        if done.status.code() == Some(99) || said.starts_with("unshare:") {
            return skip("nothing can be mounted here (it needs root and `unshare`)");
        }
        assert_eq!(done.status.code(), Some(2), "{said}");
        assert!(said.contains(&format!("something is mounted over `{}`", file.display())), "{said}");
        world.is_as(&before);
    }
    world.run(&["apply", "--yes"]).is(0, &[]);
}

#[test]
fn a_file_that_takes_the_place_of_a_link_is_kept_aside_and_the_link_is_back() {
    let Some(world) = World::packaged(Year::Y2026) else { return };
    world.run(&["apply", "--yes"]).is(0, &[]);
    let theirs = replaced(&world, "title.html", "<title>", "<title>My ");
    world.run(&["status"]).is(1, &["drifted", "was changed by hand", "var/lib/rebrand/rescued"]);
    world.trigger().is(0, &["in force again"]);
    assert!(world.is_link("usr/share/jitsi-meet/title.html"));
    assert_eq!(world.rescued("title.html-"), theirs);
    world.run(&["check"]).is(0, &[]);
}

#[test]
fn an_edit_through_the_link_is_kept_aside_too() {
    let Some(world) = World::packaged(Year::Y2026) else { return };
    world.run(&["apply", "--yes"]).is(0, &[]);
    let branded = world.served(INTERFACE);
    let theirs = branded.replace("Public Code Meet", "Somebody else");
    fs::write(world.web(INTERFACE), &theirs).unwrap();
    world.run(&["apply", "--yes"]).is(0, &["was changed by hand"]);
    assert_eq!(world.served(INTERFACE), branded);
    assert_eq!(world.rescued("interface_config.js-"), theirs);
}

#[test]
fn a_hand_edit_is_kept_when_everything_is_given_back() {
    let Some(world) = World::packaged(Year::Y2026) else { return };
    let before = world.files();
    world.run(&["apply", "--yes"]).is(0, &[]);
    let theirs = replaced(&world, "title.html", "<title>", "<title>My ");
    world.run(&["restore", "--yes"]).is(0, &["was changed by hand"]);
    assert_eq!(world.rescued("title.html-"), theirs);
    world.is_as(&before);
}

/// Nobody watched the run that kept it aside, so `status` tells.
#[test]
fn what_the_trigger_kept_aside_is_told_by_status() {
    let Some(world) = World::packaged(Year::Y2026) else { return };
    world.run(&["apply", "--yes"]).is(0, &[]);
    let theirs = replaced(&world, "title.html", "<title>", "<title>My ");
    world.trigger().is(0, &["in force again"]);
    assert_eq!(world.rescued("title.html-"), theirs);
    world.run(&["status"]).is(0, &["it kept your `usr/share/jitsi-meet/title.html` below"]);
}

#[test]
fn a_link_that_somebody_made_is_left_alone() {
    let Some(world) = World::packaged(Year::Y2026) else { return };
    let at = world.web("title.html");
    fs::rename(&at, world.site().join("etc/title.html")).unwrap();
    symlink("../../../etc/title.html", &at).unwrap();
    let before = world.files();
    world
        .run(&["apply", "--yes"])
        .is(1, &["`usr/share/jitsi-meet/title.html` is a link to", "nothing was written"]);
    world.is_as(&before);
}

#[test]
fn a_diversion_of_another_package_is_left_alone() {
    let Some(world) = World::packaged(Year::Y2026) else { return };
    let entry = "/usr/share/jitsi-meet/title.html\n/usr/share/jitsi-meet/title.html.orig\nother-tool\n";
    write(&world.site().join("var/lib/dpkg/diversions"), entry.as_bytes());
    let before = world.files();
    world.run(&["apply", "--yes"]).is(1, &["`usr/share/jitsi-meet/title.html` is diverted by `other-tool`"]);
    assert!(world.files() == before);
}

#[test]
fn a_second_name_of_the_shipped_file_keeps_its_bytes() {
    let Some(world) = World::packaged(Year::Y2026) else { return };
    let other = world.site().join("srv-copy.js");
    fs::hard_link(world.web(INTERFACE), &other).unwrap();
    let shipped = fs::read(&other).unwrap();
    world.run(&["apply", "--yes"]).is(0, &[]);
    assert_eq!(fs::read(&other).unwrap(), shipped);
}

#[test]
fn diversions_that_somebody_removed_are_made_again() {
    let Some(world) = World::packaged(Year::Y2026) else { return };
    let before = world.files();
    world.run(&["apply", "--yes"]).is(0, &[]);
    write(&world.site().join("var/lib/dpkg/diversions"), b"");
    world.run(&["check"]).is(0, &[]);
    world.run(&["apply", "--yes"]).is(0, &[]);
    assert!(
        world.diversions().contains("/usr/share/jitsi-meet/interface_config.js.rebrand-shipped\nrebrand\n")
    );
    world.run(&["restore", "--yes"]).is(0, &[]);
    world.is_as(&before);
}

#[test]
fn when_our_state_is_lost_a_person_gets_everything_again() {
    let Some(world) = World::packaged(Year::Y2026) else { return };
    world.run(&["apply", "--yes"]).is(0, &[]);
    let branded = world.served(INTERFACE);
    fs::remove_dir_all(world.site().join("var/lib/rebrand")).unwrap();
    assert!(!world.web(INTERFACE).exists(), "the link leads nowhere");
    world.run(&["check"]).is(1, &[]);
    world.run(&["apply", "--yes"]).is(0, &["applied"]);
    assert_eq!(world.served(INTERFACE), branded);
    world.run(&["check"]).is(0, &[]);
}

#[test]
fn when_our_state_is_lost_the_trigger_leaves_a_page_that_loads() {
    let Some(world) = World::packaged(Year::Y2026) else { return };
    world.run(&["apply", "--yes"]).is(0, &[]);
    let shipped = fs::read_to_string(world.shipped(INTERFACE)).unwrap();
    fs::remove_dir_all(world.site().join("var/lib/rebrand")).unwrap();
    // Pictures would have to be made, and no trigger reads a source picture.
    world.trigger().is(0, &["the shipped files are shown", "`rebrand apply` brands them again"]);
    assert_eq!(world.served(INTERFACE), shipped);
    assert_eq!(world.diversions(), "");
    world.run(&["apply", "--yes"]).is(0, &["applied"]);
}

#[test]
fn six_runs_at_once_end_with_one_brand() {
    let Some(world) = World::packaged(Year::Y2026) else { return };
    let root = world.site();
    let run = |verb: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rebrand"));
        command.arg("--root").arg(&root).arg("-C").arg(root.join("etc/rebrand")).args(verb);
        command.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null()).spawn().unwrap()
    };
    let runs: Vec<_> = (0..6).map(|_| run(&["apply", "--yes"])).collect();
    for _ in 0..20 {
        let looked = run(&["status"]).wait().unwrap().code();
        assert!(matches!(looked, Some(0 | 1)), "{looked:?}");
    }
    let mut ends: Vec<_> = runs.into_iter().map(|mut run| run.wait().unwrap().code()).collect();
    ends.sort_unstable();
    assert_eq!(ends.first(), Some(&Some(0)));
    assert!(ends.iter().all(|end| matches!(end, Some(0 | 75))), "{ends:?}");
    world.run(&["check"]).is(0, &[]);
}
