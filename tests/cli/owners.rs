//! What the owner had before: values that a wish only repeats are the owner's, and nothing of ours.

use rebrand::demo::sites::Year;

use crate::world::{BRAND, HOST, INTERFACE, World};

/// One string that the operator had already made the whole file ours, of which nobody knew what it was before.
#[test]
fn a_string_that_was_there_already_is_no_brand_of_ours() {
    for (brand, patch) in [("", ""), (BRAND, "disableThirdPartyRequests = true\n")] {
        let world = World::new(Year::Y2026, brand);
        world.put(HOST, "var config = {\n    defaultLanguage: 'de',\n    a: 1\n};\n");
        world.patch("config.toml", &format!("[set]\ndefaultLanguage = \"de\"\n{patch}"));
        let before = world.files();
        for run in [world.run(&["apply", "--yes"]), world.run(&["status"])] {
            run.is(0);
            assert!(!run.err.contains("not known"), "{}", run.err);
        }
        world.run(&["restore", "--yes"]).is(0);
        assert!(before == world.files(), "a file differs");
    }
}

/// A new host that was copied from a branded one holds our edits, and no record of them.
#[test]
fn a_host_copied_from_a_branded_one_is_not_given_back_by_guess() {
    let world = World::branded(Year::Y2026, BRAND);
    let copied = "etc/jitsi/meet/new.publiccode.net-config.js";
    world.put(copied, world.text(HOST));
    world.run(&["apply", "--yes"]).is(0).says(&["new.publiccode.net-config.js", "is not known"]);
    world.run(&["restore", "--yes"]).is(1).says(&["held the brand before the records", "new.publiccode.net"]);
}

/// What holds no place any more for a wish is told, and so is a project without any.
#[test]
fn nothing_is_well_of_nothing() {
    let world = World::branded(Year::Y2026, BRAND);
    world.put("usr/share/jitsi-meet/title.html", "\n");
    world.run(&["apply", "--yes"]).says(&["title.html` is empty, so pages have no title"]);
    assert!(world.run(&["check", "--monitor"]).out.contains("WARNING"));
    let world = World::new(Year::Y2026, "# nothing yet\n");
    let run = world.run(&["check", "--monitor"]);
    assert!(run.status == 1 && run.out.contains("the project speaks of no wish"), "{}", run.out);
}

/// Upstream's own value, wished: there is nothing to be told, and nothing to be installed again.
#[test]
fn a_wish_for_the_shipped_value_is_in_force_and_no_riddle() {
    let world = World::new(Year::Y2026, "[brand]\nhome = \"https://jitsi.org\"\n");
    assert!(world.text(INTERFACE).contains("'https://jitsi.org'"));
    for command in [["diff"].as_slice(), &["apply", "--yes"], &["status"], &["check"]] {
        let run = world.run(command);
        run.is(0);
        assert!(!run.err.contains("install") && !run.err.contains("already"), "{}", run.err);
    }
}
