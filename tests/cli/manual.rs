//! The manual pages: one for each command, with all that a page on a server has to have.

use std::fs;
use std::process::Command;

use crate::world::rebrand;

#[test]
fn every_command_has_a_page() {
    let folder = tempfile::tempdir().unwrap();
    rebrand(folder.path(), &["man", "--out", "pages/man"]).is(0);
    let mut command = rebrand::cli::command();
    command.build();
    let commands = command.get_subcommands().filter(|sub| !sub.is_hide_set() && sub.get_name() != "help");
    let names: Vec<String> = commands.map(|sub| format!("rebrand-{}.1", sub.get_name())).collect();
    assert!(names.len() > 10);
    for name in names.iter().map(String::as_str).chain(["rebrand.1", "brand.toml.5"]) {
        let file = folder.path().join("pages/man").join(name);
        let page = fs::read_to_string(&file).unwrap();
        for section in ["NAME", "DESCRIPTION", "FILES", "EXAMPLES", "\"SEE ALSO\""] {
            assert!(page.contains(&format!(".SH {section}\n")), "{name} has no {section}:\n{page}");
        }
        assert!(name == "brand.toml.5" || page.contains(".SH \"EXIT STATUS\"\n"), "{name}");
        let examples = page.split_once(".SH EXAMPLES\n").unwrap().1.split(".SH").next().unwrap();
        assert!(examples.lines().count() > 2, "{name} shows no example");
        // As lintian asks: without a word of the formatter.
        if let Ok(done) =
            Command::new("man").args(["--warnings", "-E", "UTF-8", "-l", "-Tutf8", "-Z"]).arg(&file).output()
        {
            assert_eq!(String::from_utf8_lossy(&done.stderr), "", "{name}");
        }
    }
    let page = fs::read_to_string(folder.path().join("pages/man/rebrand-lock.1")).unwrap();
    assert!(page.contains("rebrand\\-lock") && page.contains("\\-\\-upgrade"), "{page}");
}

#[test]
fn every_example_is_a_command_line() {
    for line in rebrand::cli::examples() {
        let parsed = rebrand::cli::command().try_get_matches_from(line.split(' '));
        let is_help = parsed.as_ref().is_err_and(|error| error.kind() == clap::error::ErrorKind::DisplayHelp);
        assert!(parsed.is_ok() || is_help, "{line}");
    }
}
