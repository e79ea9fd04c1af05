//! REFERENCE.md and README.md say what the program does: no more, no less.
//!
//! The tables of REFERENCE.md between markers are made from the program itself:
//! `REBRAND_BLESS=1 cargo test --test reference` rewrites them. The session of README.md is held to the demo's output.

// Helpers of tests may fail as tests do; clippy's own exception ends at `#[test]`.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use clap::Arg;
use rebrand::brand::Brand;
use rebrand::patch::PatchFile;
use rebrand::text::Text;
use rebrand::{cli, patch};

const BLESS: &str = "REBRAND_BLESS";

#[test]
fn the_reference_has_every_command_and_flag() {
    held("commands", &commands());
}

#[test]
fn the_reference_has_every_key_of_the_brand() {
    held("brand", &brand());
}

#[test]
fn the_reference_has_every_part_of_a_patch() {
    held("patches", &patches());
}

/// Help and README name the same commands, and every flag that README speaks of is one.
#[test]
fn the_readme_names_what_help_names() {
    let readme = read("README.md");
    let command = built();
    for sub in command.get_subcommands().filter(|sub| !sub.is_hide_set()) {
        let name = sub.get_name();
        assert!(readme.contains(&format!("`{name}`")), "README.md does not name the command `{name}`");
    }
    let all = std::iter::once(&command).chain(command.get_subcommands());
    let mut flags: BTreeSet<&str> =
        all.flat_map(clap::Command::get_arguments).filter_map(Arg::get_long).collect();
    // Of cargo, apt and the benches.
    flags.extend(["release", "locked", "path", "bench", "test", "reinstall", "enforce", "help", "version"]);
    // Of tests/install-parts.sh.
    flags.insert("apt");
    let is_name = |letter: char| letter.is_ascii_lowercase() || letter == '-';
    for word in
        readme.split(|letter| !is_name(letter)).filter(|word| word.starts_with("--") && word.len() > 2)
    {
        let flag = word.trim_matches('-');
        assert!(flag.is_empty() || flags.contains(flag), "README.md speaks of `{word}`, which is no flag");
    }
}

/// Every line of the session is one that the demo prints, and every command in it is one that the program takes.
#[test]
fn the_session_of_the_readme_is_what_the_demo_prints() {
    let readme = read("README.md");
    let start = readme.lines().position(|line| line == "```console").expect("a session");
    assert!(start < 25, "the session begins on line {start}, not before line 25");
    let session = readme.split_once("```console\n").unwrap().1.split_once("\n```").unwrap().0;
    let printed = demo();
    let lines: BTreeSet<&str> = printed.lines().collect();
    let mut commands = 0;
    for line in session.lines().filter(|line| !line.is_empty() && *line != "…") {
        assert!(lines.contains(line), "README.md shows a line that `rebrand demo` does not print: {line}");
        if let Some(words) = line.strip_prefix("$ ") {
            let parsed = cli::command().try_get_matches_from(words.split(' '));
            assert!(parsed.is_ok(), "README.md shows a command that the program does not take: {words}");
            commands += 1;
        }
    }
    assert!(commands > 2, "the session shows commands");
}

/// The files that README.md shows are read without a fault.
#[test]
fn the_examples_of_the_readme_are_read() {
    let readme = read("README.md");
    let examples: Vec<&str> =
        readme.split("```toml\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    assert!(examples.len() > 2, "README.md shows a brand and patches");
    for example in examples {
        let text = Text::from(example.to_owned());
        let faults = match example.lines().next().and_then(|line| line.strip_prefix("# patches/")) {
            Some(name) => PatchFile::parse(name, &text).map(|_| ()),
            None => Brand::parse("brand.toml", &text).map(|_| ()),
        };
        assert!(faults.is_ok(), "README.md shows a file with faults: {faults:?}");
    }
}

#[test]
fn the_architecture_names_every_module() {
    let map = read("ARCHITECTURE.md");
    for line in read("src/lib.rs").lines().filter_map(|line| line.strip_prefix("pub mod ")) {
        let name = line.trim_end_matches(';');
        let is_named = map.contains(&format!("`{name}/`")) || map.contains(&format!("`{name}.rs`"));
        assert!(is_named, "ARCHITECTURE.md does not name the module `{name}`");
    }
}

/// Fails if what REFERENCE.md has between the markers `name` is not `made`; rewrites it if asked to.
fn held(name: &str, made: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("REFERENCE.md");
    let text = read("REFERENCE.md");
    let (open, close) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
    let (before, rest) = text.split_once(&open).unwrap_or_else(|| panic!("REFERENCE.md has no `{open}`"));
    let (there, after) = rest.split_once(&close).unwrap_or_else(|| panic!("REFERENCE.md has no `{close}`"));
    if std::env::var_os(BLESS).is_some() {
        fs::write(path, format!("{before}{open}{made}{close}{after}")).unwrap();
    } else {
        assert!(
            there == made,
            "REFERENCE.md is out of step: `{BLESS}=1 cargo test --test reference -- --test-threads=1` rewrites it\n{made}"
        );
    }
}

/// The command line, with the arguments of every command; a run makes only those of its own.
fn built() -> clap::Command {
    let mut command = cli::command();
    command.build();
    command
}

fn commands() -> String {
    let command = built();
    let mut out = String::from("\n| flag of every command | what it says |\n|---|---|\n");
    let global = command.get_arguments().filter(|argument| argument.is_global_set());
    global.for_each(|argument| row(&mut out, argument));
    out.push_str(
        "| `-h`, `--help` | Print help |\n| `-V`, `--version` | Print the version; of `rebrand` alone |\n",
    );
    for sub in command.get_subcommands() {
        let hidden = if sub.is_hide_set() { " (not in `--help`)" } else { "" };
        let _ = write!(out, "\n### `rebrand {}`{hidden}\n\n{}.\n", sub.get_name(), text(sub.get_about()));
        let is_own = |argument: &&Arg| argument.get_id() != "help" && !argument.is_global_set();
        let own: Vec<&Arg> = sub.get_arguments().filter(is_own).collect();
        if !own.is_empty() {
            out.push_str("\n| argument | what it says |\n|---|---|\n");
            for argument in own {
                row(&mut out, argument);
            }
        }
    }
    out.push('\n');
    out
}

fn row(out: &mut String, argument: &Arg) {
    let value = argument.get_value_names().filter(|_| argument.get_action().takes_values());
    let value = value.and_then(|names| names.first()).map(ToString::to_string).unwrap_or_default();
    let long = argument.get_long().map(|long| format!("`{}`", format!("--{long} {value}").trim_end()));
    let short = argument.get_short().map(|short| format!("`-{short}`"));
    let names: Vec<String> = [short, long].into_iter().flatten().collect();
    let names = if names.is_empty() { format!("`{value}`") } else { names.join(", ") };
    let _ = write!(out, "| {names} | {}", text(argument.get_help()));
    let values: Vec<String> =
        argument.get_possible_values().iter().map(|value| format!("`{}`", value.get_name())).collect();
    if argument.get_action().takes_values() && !values.is_empty() {
        let _ = write!(out, ": {}", values.join(", "));
    }
    for default in argument.get_default_values().iter().filter(|_| argument.get_action().takes_values()) {
        let _ = write!(out, " (default: `{}`)", default.to_string_lossy());
    }
    out.push_str(" |\n");
}

fn text(styled: Option<&clap::builder::StyledStr>) -> String {
    styled.map(ToString::to_string).unwrap_or_default().replace('|', "\\|")
}

fn brand() -> String {
    format!("\n{}\n", rebrand::brand::reference())
}

fn patches() -> String {
    let mut out = format!("\n{}", patch::reference());
    out.push_str("\n| file | what it edits |\n|---|---|\n");
    for target in patch::Target::ALL {
        let edits = match target {
            patch::Target::InterfaceConfig => "`usr/share/jitsi-meet/interface_config.js`",
            patch::Target::Config => "every `etc/jitsi/meet/<host>-config.js`",
            patch::Target::Manifest => "`usr/share/jitsi-meet/manifest.json`",
        };
        let _ = writeln!(out, "| `patches/{}.toml` | {edits} |", target.name());
    }
    out.push('\n');
    out
}

fn demo() -> String {
    let done =
        Command::new(env!("CARGO_BIN_EXE_rebrand")).args(["--color", "never", "demo"]).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap()
}

fn read(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap_or_default()
}
