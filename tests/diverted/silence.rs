//! A project that falls silent: an emptied file is no wish to take the brand off, and a line that went is named.

use std::fs;
use std::io::Write as _;
use std::process::{Command, Stdio};

use rebrand::demo::sites::Year;

use crate::packaged::{BRAND, INTERFACE};
use crate::world::{Run, World, write};

const PATCH: &str = "[set]\nRECENT_LIST_ENABLED = false\n";

/// A brand that the client of 2026 has a place for, every line.
fn brand() -> String {
    BRAND.replace("wide = true\n", "")
}

/// A site that is branded by a brand and a patch.
fn branded() -> Option<World> {
    let world = World::packaged(Year::Y2026)?;
    world.asset("brand.toml", brand().as_bytes());
    write(&world.site().join("etc/rebrand/patches/interface_config.toml"), PATCH.as_bytes());
    world.run(&["apply", "--yes"]).is(0, &[]);
    Some(world)
}

/// Runs the program on a terminal, where `answer` is typed.
fn on_a_terminal(world: &World, arguments: &str, answer: &str) -> Run {
    let program = env!("CARGO_BIN_EXE_rebrand");
    let (site, project) = (world.site(), world.folder.path().join("project"));
    let line = format!("{program} --root {} -C {} {arguments}", site.display(), project.display());
    let mut command = Command::new("script");
    command.args(["-qec", &line, "/dev/null"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut script = command.spawn().unwrap();
    script.stdin.take().unwrap().write_all(answer.as_bytes()).unwrap();
    let done = script.wait_with_output().unwrap();
    Run { status: done.status.code(), said: String::from_utf8_lossy(&done.stdout).into_owned() }
}

#[test]
fn an_emptied_brand_stays_in_force_and_is_an_alarm() {
    let Some(world) = branded() else { return };
    let (before, file) = (world.files(), world.brand().join("brand.toml"));
    // A full disk while an editor saves, half of an rsync, all lines commented out; the patch is there still.
    let silent = ["", "\n\n", "# [brand]\n# name = \"Public Code Meet\"\n", "[brand]\n\n[logo]\n"];
    for text in silent {
        fs::write(&file, text).unwrap();
        let now = world.files();
        world.trigger().is(0, &["speaks of no brand any more", "files stay as they were", "rebrand restore"]);
        assert!(world.files() == now, "the trigger took the brand off");
        world
            .run(&["check", "--monitor"])
            .is(2, &["CRITICAL", "speaks of no wish of the brand any more", "files"]);
        world.run(&["check"]).is(1, &["speaks of no wish"]);
        world.run(&["status"]).is(1, &["speaks of no wish", "last run of the trigger", "stay as they were"]);
    }
    // What is named only by the patch is no brand either, and the same holds without the whole folder.
    fs::rename(world.brand(), world.site().join("etc/rebrand/away")).unwrap();
    world.trigger().is(0, &["speaks of no brand any more"]);
    world.run(&["check", "--monitor"]).is(2, &["CRITICAL", "speaks of no wish"]);
    fs::remove_dir_all(world.site().join("etc/rebrand/patches")).unwrap();
    world.trigger().is(0, &["speaks of no brand any more"]);
    assert!(world.served(INTERFACE).contains("Public Code Meet"));
    fs::rename(world.site().join("etc/rebrand/away"), world.brand()).unwrap();
    world.asset("brand.toml", brand().as_bytes());
    write(&world.site().join("etc/rebrand/patches/interface_config.toml"), PATCH.as_bytes());
    world.trigger().is(0, &[]);
    world.run(&["check", "--monitor"]).is(0, &["OK", "wishes", "files"]);
    assert!(world.files() == before);
}

/// The files were reset meanwhile, so that nothing would change: it is not well for that.
#[test]
fn a_silent_project_is_never_in_force_already() {
    let Some(world) = branded() else { return };
    let shipped = fs::read(world.shipped(INTERFACE)).unwrap();
    let lines = fs::read_to_string(world.brand().join("brand.toml")).unwrap();
    world.asset("brand.toml", format!("[files]\nlinks = false\n{lines}").as_bytes());
    world.run(&["restore", "--yes"]).is(0, &[]);
    world.run(&["apply", "--yes"]).is(0, &[]);
    fs::write(world.web(INTERFACE), shipped).unwrap();
    fs::write(world.brand().join("brand.toml"), "").unwrap();
    world.trigger().is(0, &["speaks of no brand any more"]);
    world.run(&["check"]).is(1, &["speaks of no wish"]);
    world.run(&["check", "--monitor"]).is(2, &["CRITICAL"]);
}

#[test]
fn a_wish_that_left_is_taken_back_and_named_until_somebody_saw_it() {
    let Some(world) = branded() else { return };
    let brand = brand().replace("home = \"https://publiccode.net/\"\n", "");
    world.asset("brand.toml", brand.as_bytes());
    fs::remove_dir_all(world.site().join("etc/rebrand/patches")).unwrap();
    let gone = ["`brand.home`", "`patches/interface_config.toml: set RECENT_LIST_ENABLED`"];
    world.trigger().is(0, &["in force again", "without 2 wishes", gone[0], gone[1]]);
    assert!(!world.served(INTERFACE).contains("publiccode.net"));
    let told = |words: &[&str]| {
        world.run(&["check", "--monitor"]).is(1, &["WARNING", "an unattended run took back"]);
        world.run(&["status"]).is(0, words);
    };
    told(&gone);
    // Another upgrade does not make it forgotten.
    world.trigger().is(0, &[]);
    told(&gone);
    world.run(&["apply", "--yes"]).is(0, &gone);
    world.run(&["check", "--monitor"]).is(0, &["OK"]);
    let said = world.run(&["status"]).said;
    assert!(!said.contains("took back"), "{said}");
}

#[test]
fn a_person_is_asked_with_figures() {
    let Some(world) = branded() else { return };
    let before = world.files();
    world.asset("brand.toml", brand().replace("home = \"https://publiccode.net/\"\n", "").as_bytes());
    let run = on_a_terminal(&world, "apply", "n\n");
    run.is(
        1,
        &[
            " to write; ",
            " 1 key: apply this, and take back 1 of",
            "wishes? [y/N]",
            "`brand.home`",
            "nothing was written",
        ],
    );
    fs::write(world.brand().join("brand.toml"), "").unwrap();
    let run = on_a_terminal(&world, "apply", "n\n");
    run.is(1, &["take the brand off: ", " wishes, ", " files? [y/N]", "nothing was written"]);
    let is_site = |path: &&std::path::PathBuf| !path.starts_with(world.site().join("etc/rebrand"));
    let same = |(one, other): (_, _)| one == other;
    let now = world.files();
    assert!(
        before
            .iter()
            .filter(|(path, _)| is_site(path))
            .zip(now.iter().filter(|(path, _)| is_site(path)))
            .all(same)
    );
    // Nobody agrees to what was not shown, and a no is answered.
    let run = on_a_terminal(&world, "apply --quiet", "n\n");
    run.is(1, &["interface_config.js", "[y/N]", "nothing was written"]);
    on_a_terminal(&world, "apply", "y\n").is(0, &["applied"]);
    assert!(!world.served(INTERFACE).contains("Public Code Meet"));
    world.trigger().is(0, &[]);
    world.run(&["check"]).is(0, &[]);
}

/// A fault of the owner's is not upstream's.
#[test]
fn a_typo_in_the_project_is_told_as_that() {
    let Some(world) = branded() else { return };
    let branded = world.served(INTERFACE);
    world.asset("brand.toml", format!("{}\n[people]\nremot = \"x\"\n", brand()).as_bytes());
    let run = world.trigger();
    run.is(
        0,
        &["the project in /etc/rebrand holds 1 errors, so the brand stays as it was", "brand.toml:", "remot"],
    );
    assert!(!run.said.contains("new files"), "{}", run.said);
    world.run(&["status"]).is(2, &["remot"]);
    assert_eq!(world.served(INTERFACE), branded);
}
