//! Slips in the files of a project: told once, at their place, with what mends them.

use std::fs;

use rebrand::demo::sites::Year;

use crate::world::{Run, World};

/// A project whose brand.toml holds `line` below `[brand]`.
fn slip(line: &str) -> Run {
    let world = World::new(Year::Y2026, &format!("[brand]\n{line}\nhome = \"https://publiccode.net/\"\n"));
    world.refuses(&["check"], 2)
}

/// How many errors a run told.
fn errors(run: &Run) -> usize {
    run.err.lines().filter(|line| line.starts_with("error")).count()
}

#[test]
fn slips_of_toml_are_told_once_at_their_place() {
    for (line, place, message, hint) in [
        ("name == \"x\"", "2:7", "there is a second `=`", "write one: `name = \"x\"`"),
        ("name = \"x\",", "2:11", "a comma after a value", "take it out"),
        ("name = [\"x\"];", "2:13", "a semicolon after a value", "take it out"),
        ("name: \"x\"", "2:5", "a key is followed by `=` in TOML, not by `:`", "write `name = \"x\"`"),
        ("name = x\"", "2:8", "the text is not opened", "`\"x\"`"),
    ] {
        let run = slip(line);
        run.says(&[&format!("brand.toml:{place}"), message, hint]);
        assert_eq!(errors(&run), 1, "{line}\n{}", run.err);
    }
}

#[test]
fn marks_of_a_merge_are_told_as_one() {
    let conflict = "<<<<<<< HEAD\nname = \"x\"\n=======\nname = \"y\"\n>>>>>>> other";
    let run = slip(conflict);
    run.says(&["brand.toml:2:1", "a merge of git left both sides here", "keep one side"]);
    assert_eq!(errors(&run), 1, "{}", run.err);
    // In a patch of diffs as well.
    let world = World::new(Year::Y2026, "");
    world.patch("config.toml", &format!("[set]\n{conflict}\n").replace("name", "a"));
    let run = world.refuses(&["check"], 2);
    assert_eq!(errors(&run), 1, "{}", run.err);
}

#[test]
fn bytes_that_are_no_text_are_said_of_their_file() {
    let world = World::new(Year::Y2026, "");
    fs::write(world.project().join("brand/brand.toml"), b"[brand]\nname = \"\xff\"\n").unwrap();
    world.refuses(&["apply", "--yes"], 2).says(&["error: `brand/brand.toml` is not UTF-8: line 2"]);
}

#[test]
fn a_file_of_nearly_that_name_is_offered() {
    for (written, meant) in [
        ("Logo.svg", "logo.svg"),
        ("logo.SVG", "logo.svg"),
        ("brand/logo.svg", "logo.svg"),
        ("lgo.svg", "logo.svg"),
        ("pictures/Icon.png", "pictures/icon.png"),
        ("icon.png", "pictures/icon.png"),
    ] {
        let world = World::new(Year::Y2026, &format!("[logo]\nsource = \"{written}\"\n"));
        fs::create_dir(world.project().join("brand/pictures")).unwrap();
        fs::write(world.project().join("brand/pictures/icon.png"), "").unwrap();
        let run = world.refuses(&["check"], 2);
        run.says(&[&format!("did you mean `{meant}`?")]);
    }
    let world = World::new(Year::Y2026, "[page]\ncss = \"Style.css\"\n");
    fs::write(world.project().join("brand/style.css"), "a {}").unwrap();
    world.refuses(&["check"], 2).says(&["did you mean `style.css`?"]);
    let world = World::new(Year::Y2026, "[logo]\nsource = \"elsewhere.png\"\n");
    let run = world.refuses(&["check"], 2);
    assert!(!run.err.contains("did you mean"), "{}", run.err);
}
