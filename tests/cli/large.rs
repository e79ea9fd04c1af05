//! A site of two hosts and sixty languages: what is said of it fits on a screen, and all of it can be had.

use std::fs;

use rebrand::demo::sites::Year;

use crate::world::{BRAND, COMMUNITY, HOST, Run, World, rebrand};

/// How many lines a terminal has.
const SCREEN: usize = 24;
const LANGUAGES: usize = 60;

fn name(number: usize) -> String {
    let letter = |number: usize| char::from(b'a' + u8::try_from(number).unwrap());
    format!("{}{}", letter(number / 26), letter(number % 26))
}

/// The site, with a brand that every language carries.
fn large(year: Year) -> World {
    let world = World::new(year, BRAND);
    world.brand(&BRAND.replace(
        "[brand]\n",
        "[brand]\nname = \"Acme Meet\"\nprovider = \"Acme\"\nsupport = \"https://publiccode.net/contact\"\n",
    ));
    for number in 0..LANGUAGES {
        let text = format!(
            "{{\n    \"welcomepage\": {{\n        \"headerTitle\": \"Jitsi Meet\",\n        \"title\": \"Jitsi Meet {number}\"\n    }}\n}}\n"
        );
        world.put(&format!("usr/share/jitsi-meet/lang/main-{}.json", name(number)), text);
    }
    world
}

fn lines(run: &Run) -> usize {
    run.out.lines().count() + run.err.lines().count()
}

#[test]
fn status_fits_on_a_screen_and_keys_on_three() {
    for year in [Year::Y2021, Year::Y2026] {
        let world = large(year);
        let run = world.refuses(&["status"], 1);
        assert!(lines(&run) <= SCREEN, "{} lines\n{}{}", lines(&run), run.out, run.err);
        run.prints(&[" files)", "  add: `apply` writes a file that is not there yet"]);
        let run = world.refuses(&["diff", "--keys"], 1);
        assert!(lines(&run) <= 60, "{} lines\n{}{}", lines(&run), run.out, run.err);
        run.prints(&["translations)", "strings  (brand.name)"]);
        if year == Year::Y2026 {
            run.prints(&[HOST, COMMUNITY]);
        }
        // All of it.
        let all = world.run(&["--verbose", "diff", "--keys"]);
        for number in 0..LANGUAGES {
            all.prints(&[&format!("main-{}.json", name(number))]);
        }
        let all = world.run(&["status", "--all"]);
        assert!(all.out.contains(&format!("main-{}.json", name(59))), "{}", all.out);
        world.run(&["apply", "--yes"]).is(0);
        let run = world.run(&["status"]);
        run.is(0).prints(&["files are as wished", "`--all`"]);
        assert!(lines(&run) <= SCREEN, "{}{}", run.out, run.err);
        assert!(!run.out.contains("unchanged"), "{}", run.out);
        world.run(&["status", "--all"]).is(0).prints(&["unchanged  keep     usr/share/jitsi-meet/"]);
        // What is not as it should be is named, and the rest counted.
        if year == Year::Y2026 {
            world.edit(HOST, "fellow Public Coder", "stranger");
            let run = world.run(&["status"]);
            run.is(1).prints(&[&format!("drifted    refuse   {HOST}"), "other files are as wished"]);
        }
    }
}

/// Hosts that get the same are told together, and one that gets another value by itself.
#[test]
fn hosts_that_change_alike_are_told_together() {
    let world = World::new(Year::Y2026, BRAND);
    let run = world.refuses(&["diff", "--keys"], 1);
    let count = |run: &Run| run.out.matches("defaultRemoteDisplayName").count();
    assert_eq!(count(&run), 1, "{}", run.out);
    run.prints(&[HOST, COMMUNITY]);
    assert_eq!(count(&world.run(&["diff", "--keys", "-v"])), 2);
    world.brand(&format!("{BRAND}[sites.\"meet.publiccode.net\"]\npeople.remote = \"guest\"\n"));
    assert_eq!(count(&world.run(&["diff", "--keys"])), 2);
}

#[test]
fn status_has_colours_where_they_are_wanted() {
    let world = World::new(Year::Y2026, BRAND);
    assert!(world.run(&["--color", "always", "status"]).out.contains("\u{1b}[32m"));
    assert!(!world.run(&["status"]).out.contains('\u{1b}'));
}

/// `explain` knows every word that a line shows.
#[test]
fn explain_knows_the_words_of_a_diff() {
    let world = World::new(Year::Y2026, BRAND);
    world.patch("config.toml", "[set]\ndisableModeratorIndicator = true\n");
    world.run(&["explain", "people.remote"]).is(0).prints(&[
        "people.remote",
        "How others see a participant who gave no name.",
        "\"fellow Public Coder\"",
        "project/brand/brand.toml:5:1",
        "defaultRemoteDisplayName in etc/jitsi/meet/meet.publiccode.net-config.js",
    ]);
    world.run(&["explain", "brand.name"]).is(0).prints(&[
        "replaces 'Jitsi Meet'",
        "not wished",
        "\"Public Code Meet\"",
    ]);
    world.run(&["explain", "logo.source"]).is(0).prints(&["logo.svg", "defaultLogoUrl"]);
    world
        .run(&["explain", "text.de.welcomepage.headerTitle"])
        .is(0)
        .prints(&["One string of the translations"]);
    world
        .run(&["explain", "sites.\"meet.publiccode.net\".people.remote"])
        .is(0)
        .prints(&["people.remote", "meet.publiccode.net"]);
    world
        .run(&["explain", "set disableModeratorIndicator"])
        .is(0)
        .prints(&["patches/config.toml:2:1", "disableModeratorIndicator"]);
    for word in
        ["renewed", "reset", "gone", "drifted", "add", "inserted", "wished no more", "absent", "leave"]
    {
        let run = world.run(&["explain", word]);
        run.is(0);
        assert!(run.out.starts_with(&format!("{word}: ")), "{}", run.out);
    }
    // Each wish that a line of the difference shows.
    let json = world.run(&["diff", "--json"]).json();
    for file in json["files"].as_array().unwrap() {
        for key in file["differences"].as_array().unwrap() {
            world.run(&["explain", key["wish"].as_str().unwrap()]).is(0);
        }
    }
    world.run(&["explain", "people.remot"]).is(1).says(&["did you mean `people.remote`"]);
    // Where there is no project, too.
    let empty = world.site().join("../empty");
    fs::create_dir(&empty).unwrap();
    let root = world.site();
    rebrand(&empty, &["--root", root.to_str().unwrap(), "explain", "brand.name"]).is(0).prints(&["replaces"]);
}

#[test]
fn what_upstream_changed_is_accepted_by_one_word() {
    let world = World::new(Year::Y2026, BRAND);
    world.run(&["accept"]).is(0).says(&["nothing to accept"]);
    let world = World::branded(Year::Y2021, BRAND);
    for (path, text) in rebrand::demo::sites::upgrade(Year::Y2026) {
        world.put(path, text);
    }
    world.run(&["apply", "--yes"]).is(0);
    world.run(&["status"]).is(0).says(&["upstream moved", "`rebrand accept`"]);
    world.run(&["accept"]).is(0).says(&["accepted: upstream moved"]);
    let run = world.run(&["status"]);
    assert!(!run.err.contains("upstream moved"), "{}", run.err);
    world.run(&["accept"]).is(0).says(&["nothing to accept"]);
}

/// What is said of several things alike is said once, and names them all.
#[test]
fn one_cause_is_one_finding() {
    let world = large(Year::Y2026);
    let run = world.refuses(&["status"], 1);
    let stands_out = run.err.lines().filter(|line| line.contains("stands out on")).count();
    assert_eq!(stands_out, 1, "{}", run.err);
    run.says(&["  and so of favicon as a drawing, app icon"]);
    assert!(world.run(&["status", "--all"]).err.matches("stands out on").count() > 1);
}
