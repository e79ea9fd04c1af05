//! `apply --trigger`: it always exits 0, and `status` tells what it came to.

use std::fs;

use rebrand::demo::sites::{PACKAGE, Year, upgrade};

use crate::packaged::{BRAND, INTERFACE, run};
use crate::world::World;

#[test]
fn a_file_that_does_not_parse_leaves_the_last_good_one_in_force() {
    let Some(world) = World::packaged(Year::Y2026) else { return };
    world.run(&["apply", "--yes"]).is(0, &[]);
    let branded = world.served(INTERFACE);
    world.unpack(INTERFACE, b"var interfaceConfig = { APP_NAME: 'x'\n");
    world.installed("1.0.2-1");
    world.trigger().is(0, &["cannot be branded", "rebrand status"]);
    assert_eq!(world.served(INTERFACE), branded);
    world.run(&["status"]).is(1, &["last run of the trigger", "cannot be branded", "interface_config.js"]);
    world.run(&["check"]).is(1, &[]);
    world.unpack(INTERFACE, fs::read(world.shipped("title.html")).unwrap_or_default().as_slice());
    world.trigger().is(0, &["cannot be branded"]);
    assert_eq!(world.served(INTERFACE), branded);
}

/// One host's broken file, or a file that is no host's, holds up neither an upgrade nor what is given back.
#[test]
fn a_broken_host_holds_up_nobody_else() {
    let Some(world) = World::packaged(Year::Y2026) else { return };
    let hosts = world.site().join("etc/jitsi/meet");
    let [healthy, broken] = ["meet.publiccode.net-config.js", "meet.community.publiccode.net-config.js"];
    let text = |name: &str| fs::read_to_string(hosts.join(name)).unwrap();
    let shipped = [text(healthy), text(broken)];
    world.asset("brand.toml", format!("{BRAND}\n[people]\nremote = \"fellow Public Coder\"\n").as_bytes());
    world.run(&["apply", "--yes"]).is(0, &[]);
    let (branded, old) = (text(broken), world.served(INTERFACE));
    fs::write(hosts.join(broken), branded.replace("var config = {", "var config = {{")).unwrap();
    fs::write(hosts.join("old-config.js"), "").unwrap();
    fs::create_dir(hosts.join("new-config.js")).unwrap();
    let newer = fs::read_to_string(world.shipped(INTERFACE)).unwrap().replace("// ", "/// ");
    world.unpack(INTERFACE, newer.as_bytes());
    world.installed("1.0.2-1");
    world.trigger().is(0, &["in force again"]);
    assert!(world.served(INTERFACE) != old, "the old file stays");
    assert!(text(healthy).contains("fellow Public Coder"));
    world.run(&["check"]).is(1, &[broken, "does not parse"]);
    world.run(&["apply", "--yes"]).is(1, &[broken]);
    world.run(&["restore", "--yes"]).is(1, &[broken, "stays as it is"]);
    assert_eq!(world.diversions(), "");
    assert!(text(healthy) == shipped[0], "the healthy file differs");
    fs::write(hosts.join(broken), branded).unwrap();
    world.run(&["restore", "--yes"]).is(0, &[]);
    assert!(text(broken) == shipped[1], "the mended file differs");
}

/// Upstream shipped such files: `main-nb.json` in 2020, `main-sq.json` in 2021.
#[test]
fn a_translation_that_upstream_breaks_holds_up_nobody_else() {
    let Some(world) = World::packaged(Year::Y2026) else { return };
    let german = "lang/main-de.json";
    let upgrade = |text: &str, version: &str| {
        world.unpack(german, text.as_bytes());
        world.installed(version);
    };
    upgrade("{ \"a\": \"Jitsi Meet unterwegs\" }", "1.0.2-1");
    world.run(&["apply", "--yes"]).is(0, &[]);
    let (branded, page) = (world.served(german), world.served(INTERFACE));
    assert!(!branded.contains("Jitsi"), "{branded}");
    let broken = "{ \"a\": \"Jitsi Meet\", }";
    upgrade(broken, "1.0.3-1");
    world.trigger().is(0, &["in force again"]);
    assert_eq!((world.served(german), world.served(INTERFACE)), (broken.to_owned(), page));
    let words = ["warning: ", german, "does not parse", "the client says English instead"];
    world.run(&["apply", "--yes"]).is(0, &words);
    world.run(&["check"]).is(0, &[]);
    upgrade("{ \"a\": \"Neu in Jitsi Meet\" }", "1.0.4-1");
    world.trigger().is(0, &["in force again"]);
    assert!(!world.served(german).contains("Jitsi"));
    world.run(&["restore", "--yes"]).is(0, &[]);
    assert_eq!(world.diversions(), "");
}

/// All that upstream did, told by the run that dpkg started, and by everybody until a person accepts it.
#[test]
fn what_upstream_changed_is_told_until_it_is_accepted() {
    let Some(world) = World::packaged(Year::Y2021) else { return };
    let german =
        |text: &str| world.unpack("lang/main-de.json", format!("{{ \"a\": \"{text}\" }}").as_bytes());
    german("Jitsi Meet unterwegs");
    world.installed("1.0.2-1");
    world.run(&["apply", "--yes"]).is(0, &[]);
    german("Unterwegs mit Jitsi Meet");
    for (path, text) in upgrade(Year::Y2026) {
        world.unpack(path.strip_prefix(PACKAGE).unwrap(), text.as_bytes());
    }
    world.installed("1.0.9268-1");
    world.trigger().is(0, &["in force again"]);
    let words = ["upstream moved `NATIVE_APP_NAME`", "new to brand"];
    let told = fs::read_to_string(world.site().join("var/lib/rebrand/last-run.json")).unwrap();
    assert!(words.iter().all(|word| told.contains(word)), "{told}");
    assert!(!told.contains("main-de"), "the name is replaced in whatever a translation says: {told}");
    world.trigger().is(0, &[]);
    world.run(&["apply", "--yes"]).is(0, &words);
    world.run(&["status"]).is(0, &words);
    world.run(&["lock", "--upgrade", "--offline"]).is(0, &["accepted: upstream moved"]);
    let told = world.run(&["status"]);
    assert!(!told.said.contains("upstream moved"), "{}", told.said);
}

/// News are the difference between what was accepted and what is there, not all that ever happened.
#[test]
fn news_of_an_upgrade_that_is_taken_back_are_none() {
    let Some(world) = World::packaged(Year::Y2021) else { return };
    let client = |year: Year, version: &str| {
        for (path, text) in upgrade(year) {
            world.unpack(path.strip_prefix(PACKAGE).unwrap(), text.as_bytes());
        }
        world.installed(version);
        world.trigger().is(0, &["in force again"]);
    };
    let told = || {
        let status = world.run(&["status"]);
        status.is(0, &[]);
        status.said
    };
    world.run(&["apply", "--yes"]).is(0, &[]);
    client(Year::Y2026, "1.0.9268-1");
    let first = told();
    assert!(first.contains("upstream moved `NATIVE_APP_NAME`"), "{first}");
    client(Year::Y2021, "1.0.5056-1");
    let back = told();
    assert!(!back.contains("upstream moved") && !back.contains("new to brand"), "{back}");
    client(Year::Y2026, "1.0.9268-1");
    let news = |said: &str| said.lines().filter(|line| line.starts_with("note: ")).count();
    assert_eq!(news(&told()), news(&first), "{}", told());
    world.run(&["accept"]).is(0, &["accepted: upstream moved"]);
    assert!(!told().contains("upstream moved"));
}

#[test]
fn what_a_person_gave_back_stays_so() {
    let Some(world) = World::packaged(Year::Y2026) else { return };
    world.run(&["apply", "--yes"]).is(0, &[]);
    world.run(&["restore", "--yes"]).is(0, &[]);
    let shipped = world.served(INTERFACE);
    world.trigger().is(0, &["held"]);
    assert_eq!(world.served(INTERFACE), shipped);
    world.run(&["status"]).is(1, &["held", "last run of the trigger"]);
    world.run(&["apply", "--yes"]).is(0, &[]);
    world.trigger().is(0, &[]);
    world.run(&["status"]).is(0, &["in force already"]);
}

#[test]
fn without_a_brand_or_a_client_it_does_nothing() {
    let Some(world) = World::packaged(Year::Y2026) else { return };
    let before = world.files();
    let brand = world.site().join("etc/rebrand");
    let away = world.site().join("etc/away");
    fs::rename(&brand, &away).unwrap();
    world.trigger().is(0, &[]);
    fs::rename(&away, &brand).unwrap();
    world.is_as(&before);
    let empty = tempfile::tempdir().unwrap();
    run(&["--root", empty.path().to_str().unwrap(), "apply", "--trigger"], &[]).is(0, &[]);
}

#[test]
fn faults_of_the_brand_are_kept_for_status() {
    let Some(world) = World::packaged(Year::Y2026) else { return };
    world.run(&["apply", "--yes"]).is(0, &[]);
    let branded = world.served(INTERFACE);
    world.asset("brand.toml", format!("{BRAND}\n[people]\nremot = \"x\"\n").as_bytes());
    world.trigger().is(0, &["holds 1 errors, so the brand stays as it was"]);
    assert_eq!(world.served(INTERFACE), branded);
    let told = fs::read_to_string(world.site().join("var/lib/rebrand/last-run.json")).unwrap();
    assert!(told.contains("remot"), "{told}");
}

#[test]
fn it_reads_the_authority_alone() {
    let Some(world) = World::packaged(Year::Y2026) else { return };
    let root = world.site();
    world.run(&["apply", "--yes"]).is(0, &[]);
    let other = World::bare(Year::Y2026, "[brand]\nname = \"Somebody else\"\n");
    let other = other.folder.path().join("project");
    let arguments = ["--root", root.to_str().unwrap(), "-C", other.to_str().unwrap(), "apply", "--trigger"];
    run(&arguments, &[]).is(0, &["`-C` is left aside"]);
    assert!(world.served(INTERFACE).contains("Public Code Meet"));
}

#[test]
fn a_removed_package_of_ours_leaves_nothing_and_an_installation_begins_anew() {
    let Some(world) = World::packaged(Year::Y2026) else { return };
    let before = world.files();
    world.run(&["apply", "--yes"]).is(0, &[]);
    let root = world.site();
    let arguments = ["--root", root.to_str().unwrap(), "restore", "--trigger"];
    run(&arguments, &[]).is(0, &[]);
    world.is_as(&before);
    world.trigger().is(0, &["in force again"]);
    world.run(&["check"]).is(0, &[]);
    // Our own records are lost, and dpkg's are not.
    fs::remove_dir_all(root.join("var/lib/rebrand")).unwrap();
    run(&arguments, &[]).is(0, &[]);
    assert_eq!(world.diversions(), "");
    assert!(!world.is_link("usr/share/jitsi-meet/interface_config.js"));
}
