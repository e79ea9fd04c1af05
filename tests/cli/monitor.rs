//! `check --monitor`: one line and four statuses, by the guidelines of the Monitoring Plugins.

use std::fs;

use rebrand::demo::sites::Year;

use crate::world::{BRAND, HOST, INTERFACE, Run, World, rebrand};

/// The line of a run that read only; fails if it is not one line of the convention that says `word` and `part`.
fn line(run: &Run, status: i32, word: &str, part: &str) -> String {
    run.is(status);
    assert_eq!(run.err, "", "monitoring reads standard output alone");
    assert_eq!(run.out.matches('\n').count(), 1, "one line: {}", run.out);
    assert!(run.out.starts_with(&format!("REBRAND {word} - ")), "{}", run.out);
    assert!(run.out.contains(part), "`{part}` is not in {}", run.out);
    assert!(run.out.matches('|').count() <= 1, "{}", run.out);
    run.out.clone()
}

fn monitor(world: &World) -> Run {
    let before = crate::world::files(&world.site());
    let run = world.run(&["check", "--monitor"]);
    assert!(before == crate::world::files(&world.site()), "it reads only, our own records too");
    run
}

#[test]
fn a_branded_site_is_ok_with_figures() {
    let world = World::branded(Year::Y2026, BRAND);
    let said = line(&monitor(&world), 0, "OK", "every wish is in force: 3 wishes, ");
    assert!(said.contains("wishes=3;;;0") && said.contains("changes=0;;;0"), "{said}");
    let figures = said.trim_end().split_once('|').unwrap().1;
    for figure in figures.split(' ') {
        let (label, values) = figure.split_once('=').unwrap();
        assert!(!label.is_empty() && values.split(';').next().unwrap().parse::<usize>().is_ok(), "{figure}");
    }
}

/// What a picture comes to was told when it was made; an alarm that never ends is one that nobody hears.
#[test]
fn what_a_picture_comes_to_is_no_alarm() {
    let world = World::branded(Year::Y2026, BRAND);
    world.run(&["diff"]).is(0).says(&["warning: logo: "]);
    line(&monitor(&world), 0, "OK", "");
}

#[test]
fn a_site_without_the_brand_is_critical() {
    let world = World::new(Year::Y2026, BRAND);
    line(&monitor(&world), 2, "CRITICAL", "not as wished: ");
    assert!(!world.site().join("var/lib/rebrand").exists(), "nothing is created");
    world.run(&["apply", "--yes"]).is(0);
    world.edit(INTERFACE, "https://publiccode.net/", "https://example.org/");
    line(&monitor(&world), 2, "CRITICAL", "was changed by hand");
}

#[test]
fn an_interrupted_run_is_critical() {
    let world = World::branded(Year::Y2026, BRAND);
    world.put("var/lib/rebrand/journal.json", r#"{"format":1,"generation":2,"steps":[]}"#);
    line(&monitor(&world), 2, "CRITICAL", "a run was interrupted");
}

#[test]
fn what_a_person_should_look_at_is_a_warning() {
    let world = World::branded(Year::Y2026, BRAND);
    world.run(&["restore", "--yes"]).is(0);
    line(&monitor(&world), 1, "WARNING", "held");
    let world =
        World::branded(Year::Y2021, &format!("{BRAND}\n[text.xx]\n\"welcomepage.headerTitle\" = \"x\"\n"));
    line(&monitor(&world), 1, "WARNING", "is not here");
    line(&world.run(&["check", "--monitor", "--strict"]), 2, "CRITICAL", "");
}

#[test]
fn whatever_cannot_be_told_is_unknown() {
    let world = World::new(Year::Y2026, "[brand]\nnam|e = 3\nhome = 1\n");
    line(&monitor(&world), 3, "UNKNOWN", "brand.toml");
    let world = World::new(Year::Y2026, BRAND);
    fs::remove_dir_all(world.site().join("usr/share/jitsi-meet")).unwrap();
    line(&monitor(&world), 3, "UNKNOWN", "there is no Jitsi Meet here");
    line(&world.run(&["check", "--monitor", "--wrong"]), 3, "UNKNOWN", "--wrong");
    let folder = world.project();
    line(&rebrand(&folder, &["--root", "/nowhere", "check", "--monitor"]), 3, "UNKNOWN", "/nowhere");
}

/// The browser stops in the middle of such a file; only the file itself tells.
#[test]
fn a_file_that_stops_when_it_runs_is_critical() {
    for (file, code, said, hint) in [
        (
            HOST,
            "config.a = True;",
            "reads `True`, which neither this file nor a browser has",
            "did you mean `true`?",
        ),
        (HOST, "confg.a = true;", "reads `confg`", "did you mean `config`?"),
        (HOST, "var os = require('os');", "reads `require`", "by `typeof require` first"),
        (
            HOST,
            "(function() { 'use strict'; made = 1; })();",
            "assigns to `made` in strict code",
            "declare it: `var made`",
        ),
        (INTERFACE, "interfaceConfig.A = None;", "reads `None`", "did you mean `null`?"),
    ] {
        let world = World::branded(Year::Y2026, BRAND);
        let before = world.text(file);
        world.put(file, format!("{}\n{code}\n", before.trim_end()));
        let told = line(&monitor(&world), 2, "CRITICAL", said);
        assert!(told.contains("the page stops where this file "), "{told}");
        let run = world.run(&["check"]);
        let text = format!("{}{}", run.out, run.err);
        assert_eq!(text.matches(said).count(), 1, "told once: {text}");
        let at = format!("{file}:{}", before.trim_end().lines().count() + 1);
        assert!(text.contains(hint) && text.contains(&at) && run.status == 1, "{code}: {text}");
        world.run(&["apply", "--yes"]).is(0).says(&[said]);
        world.brand(&format!("{BRAND}\n[silence]\nstops-when-run = \"another script of ours brings it\"\n"));
        line(&monitor(&world), 0, "OK", "");
    }
}

/// What is above the variable's own beginning is lost with all below.
#[test]
fn a_key_that_is_set_too_early_is_critical() {
    let world = World::branded(Year::Y2026, BRAND);
    world.put(HOST, format!("config.early = 1;\n{}", world.text(HOST)));
    line(&monitor(&world), 2, "CRITICAL", "sets a key of `config`, which gets its value only below");
}

#[test]
fn a_file_that_ends_the_script_around_it_is_told() {
    for (file, code) in [(HOST, "// </script>"), (INTERFACE, "/* <SCRIPT></SCRIPT> */")] {
        let world = World::branded(Year::Y2026, BRAND);
        world.put(file, format!("{}\n{code}\n", world.text(file).trim_end()));
        let run = world.run(&["check", "--monitor"]);
        assert!(run.status == 1 || run.status == 2, "{}", run.out);
        assert!(run.out.contains("the page breaks"), "{}", run.out);
        let run = world.run(&["check"]);
        assert!(run.out.contains(file) || run.err.contains(file), "{}{}", run.out, run.err);
    }
}
