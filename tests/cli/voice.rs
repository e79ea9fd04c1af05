//! What is said of a change and of a verdict: only what changes, and what decides.

use rebrand::demo::sites::Year;

use crate::world::{BRAND, HOST, INTERFACE, World};

const SUPPORT: &str = "support = \"https://publiccode.net/contact\"\n";

/// The lines of keys that a run printed.
fn key_lines(out: &str) -> Vec<&str> {
    out.lines().filter(|line| line.starts_with("  ") && line.contains('→')).collect()
}

/// One new value used to print every key of its file, as from the shipped value.
#[test]
fn only_what_changes_is_shown() {
    for year in [Year::Y2021, Year::Y2026] {
        let brand = BRAND.replace("[brand]\n", &format!("[brand]\nname = \"Public Code Meet\"\n{SUPPORT}"));
        let world = World::branded(year, &brand);
        world.brand(&brand.replace("/contact", "/help"));
        let run = world.refuses(&["diff", "--keys"], 1);
        let lines = key_lines(&run.out);
        assert_eq!(lines.len(), 1, "{}", run.out);
        let parts = ["SUPPORT_URL", "\"https://publiccode.net/contact\" → \"https://publiccode.net/help\""];
        assert!(parts.iter().all(|part| lines[0].contains(part)), "{}", run.out);
        // A wish that left is a change as well: to what the package brought.
        world.brand(&brand.replace(SUPPORT, ""));
        let run = world.refuses(&["diff", "--keys"], 1);
        let lines = key_lines(&run.out);
        assert_eq!(lines.len(), 1, "{}", run.out);
        let parts = ["\"https://publiccode.net/contact\" → ", "brand.support; wished no more"];
        assert!(parts.iter().all(|part| lines[0].contains(part)), "{}", run.out);
        let json = world.run(&["diff", "--json"]).json();
        let file = json["files"].as_array().unwrap().iter().find(|file| file["path"] == INTERFACE).unwrap();
        assert_eq!(file["differences"].as_array().unwrap().len(), 1);
        assert_eq!(file["differences"][0]["taken_back"], true);
        assert_eq!(json["removed"].as_array().unwrap(), &["brand.support"]);
    }
}

/// Somebody's edit of a key of ours is what is there now.
#[test]
fn what_a_hand_wrote_is_shown_as_it_is() {
    let world = World::branded(Year::Y2026, BRAND);
    world.edit(HOST, "fellow Public Coder", "stranger");
    let run = world.run(&["apply", "--dry-run", "--overwrite-drift"]);
    let lines = key_lines(&run.out);
    assert_eq!(lines.len(), 1, "{}", run.out);
    assert!(lines[0].contains("\"stranger\" → \"fellow Public Coder\""), "{}", run.out);
}

#[test]
fn check_ends_with_what_decides() {
    let world = World::new(Year::Y2026, BRAND);
    let last = |run: &crate::world::Run| run.err.trim_end().lines().last().unwrap().to_owned();
    let line = last(&world.refuses(&["check"], 1));
    assert!(
        line.starts_with("error: not every wish is in force: ") && line.contains("files are not as wished")
    );
    world.run(&["apply", "--yes"]).is(0);
    world.brand(&format!("{BRAND}\n[text.xx]\n\"welcomepage.headerTitle\" = \"x\"\n"));
    world.run(&["apply", "--yes"]).is(0);
    let line = last(&world.refuses(&["check", "--strict"], 1));
    assert!(line.contains("warnings, which `--strict` counts"), "{line}");
}

/// A known mistake that loses a wish is no mere warning, for it makes `check` 1.
#[test]
fn a_mistake_that_decides_is_an_error() {
    let world = World::branded(Year::Y2026, BRAND);
    world.patch("interface_config.toml", "[set]\nMOBILE_APP_PROMO = false\n");
    world.run(&["apply", "--yes"]).is(0).says(&["error: phones get a page without any way"]);
    let run = world.run(&["check"]);
    run.is(1)
        .says(&["error: phones get a page", "known mistakes that lose a wish or break the page: `mobile-"]);
    assert_eq!(run.out, "", "no file differs");
}

#[test]
fn of_a_site_that_was_given_back_one_line_is_told() {
    let world = World::branded(Year::Y2026, BRAND);
    world.run(&["restore", "--yes"]).is(0);
    let run = world.refuses(&["check"], 1);
    assert_eq!(run.out, "");
    run.says(&["held: since `rebrand restore`", "`rebrand apply`"]);
    assert!(run.err.lines().count() <= 4, "{}", run.err);
    let run = world.run(&["status"]);
    assert!(!run.err.contains("do not take their places"), "{}", run.err);
}

#[test]
fn what_is_written_is_told_in_figures() {
    let world = World::new(Year::Y2026, BRAND);
    let last = |run: &crate::world::Run| run.err.trim_end().lines().last().unwrap().to_owned();
    let dry = last(&world.refuses(&["apply", "--dry-run"], 1));
    let figures = dry.strip_prefix("dry run: nothing was written; ").unwrap_or_else(|| panic!("{dry}"));
    let words = |text: &str| text.replace("to write", "written").replace("to add", "added");
    assert!(figures.contains(" files to write, ") && figures.contains(" to add; "), "{dry}");
    assert!(figures.ends_with(" keys"), "{dry}");
    let run = world.run(&["apply", "--yes"]);
    assert_eq!(last(&run), format!("applied: {}", words(figures)));
    world.brand(&BRAND.replace("fellow Public Coder", "guest"));
    let run = world.run(&["apply", "--yes"]);
    assert!(
        last(&run).starts_with("applied: 2 files written; ") && last(&run).ends_with(" keys"),
        "{}",
        run.err
    );
    assert_eq!(last(&world.run(&["apply", "--yes"])), "nothing to do");
    let line = last(&world.run(&["restore", "--yes"]));
    assert!(line.starts_with("restored: ") && line.contains(" removed"), "{line}");
}

#[test]
fn help_is_given_of_a_command() {
    let world = World::new(Year::Y2026, BRAND);
    for command in ["lock", "apply", "status"] {
        let helped = world.run(&["help", command]);
        helped.is(0).prints(&["Usage: rebrand ", command]);
        assert_eq!(helped.out.lines().next(), world.run(&[command, "-h"]).out.lines().next());
    }
    world.run(&["help"]).is(0).prints(&["Usage: rebrand", "restore"]);
    world.run(&["help", "lok"]).is(2).says(&["lok"]);
}
