//! Beside git: what `git apply` takes is taken here, and comes to the same bytes.

use std::collections::HashSet;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use rebrand::text::unified;

use crate::skip::skip;
use crate::{lines, one, put};

/// Before, after.
const PAIRS: &[(&str, &str)] = &[
    ("a b c d e f g h i j", "a b c d x f g h i j"),
    ("a b c d e f g h i j", "x a b c d e f g h i j"),
    ("a b c d e f g h i j", "a b c d e f g h i j x"),
    ("a b c d e f g h i j", "b c d e f g h i"),
    ("a b c d e f g h i j k l m n o p", "a x c d e f g h i j k l m n y z p"),
    ("a a a a a a a a", "a a a a a a a"),
    ("a a a a a a a a", "a a a a a a a a a"),
    ("a a a b a a a b a a a b", "a a a b a a a c a a a b"),
    ("{ a } { a } { a }", "{ a } { a } { b } { a }"),
    ("a", "b"),
    ("a b", "b a"),
];

#[test]
fn git_and_we_come_to_the_same_bytes() {
    let Some(folder) = folder() else { return };
    let mut compared = 0;
    for (old, new) in PAIRS {
        for (old, new) in endings(&lines(old), &lines(new)) {
            for context in ["-U3", "-U1"] {
                let diff = diff(folder.path(), &old, &new, context);
                let patch = one(&diff);
                assert_eq!(patch.path, "with ü \"x\"");
                for start in starts(&old) {
                    let text = format!("{start}{old}");
                    let Some(expected) = applied(folder.path(), &diff, &text) else { continue };
                    let tell = |misfits| panic!("{misfits:?}\n{diff}{text}");
                    let (after, _) = put(&patch, &text).unwrap_or_else(tell);
                    assert_eq!(after, expected, "{diff}{text}");
                    compared += 1;
                }
            }
        }
    }
    assert!(compared > 60, "{compared}");
}

/// Before, after, with every mark that ends a line somewhere.
const ENDS: &[(&str, &str)] = &[
    ("a\rb\rc\n", "a\rx\rc\n"),
    ("a\nb\rc\nd\n", "a\nb\rx\nd\n"),
    ("a\r", "b\r"),
    ("a\nb\r", "a\nb\r\n"),
    ("a\nb\rc", "a\nb\r"),
    ("a\r\nb\r\n", "a\r\nc\r\n"),
    ("a\n\r\r\nb", "a\n\rb"),
    ("a", "a\n"),
    ("a\n", "a"),
    ("a\u{2028}b\u{c}c\n", "a\u{2028}x\u{c}c\n"),
];

#[test]
fn git_takes_a_diff_of_ours_whatever_ends_the_lines() {
    let Some(folder) = folder() else { return };
    for (old, new) in ENDS {
        let diff = unified("with ü \"x\"", Some(old), Some(new));
        assert_eq!(applied(folder.path(), &diff, old).as_deref(), Some(*new), "{diff:?}");
    }
}

/// What may have come above. Where lines repeat, git guesses what moved, and so nothing did.
fn starts(text: &str) -> &'static [&'static str] {
    let distinct: HashSet<&str> = text.lines().collect();
    if distinct.len() == text.lines().count() { &["", "p\n", "p\nq\nr\ns\n"] } else { &[""] }
}

/// The pair with line ends of every kind.
fn endings(old: &str, new: &str) -> Vec<(String, String)> {
    let crlf = |text: &str| text.replace('\n', "\r\n");
    let bare = |text: &str| text.trim_end().to_owned();
    vec![
        (old.to_owned(), new.to_owned()),
        (crlf(old), crlf(new)),
        (bare(old), new.to_owned()),
        (old.to_owned(), bare(new)),
        (bare(old), bare(new)),
    ]
}

/// What `git diff` says of the file, whose name it has to quote.
fn diff(folder: &Path, old: &str, new: &str, context: &str) -> String {
    let name = "with ü \"x\"";
    for (side, text) in [("a", old), ("b", new)] {
        fs::create_dir_all(folder.join(side)).unwrap();
        fs::write(folder.join(side).join(name), text).unwrap();
    }
    let (old, new) = (format!("a/{name}"), format!("b/{name}"));
    let arguments = ["diff", "--no-index", "--no-prefix", "--no-color", context, "--", &old, &new];
    let output = git(folder).args(arguments).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

/// What `git apply` makes of `text`, if it takes `diff`.
fn applied(folder: &Path, diff: &str, text: &str) -> Option<String> {
    let file = folder.join("with ü \"x\"");
    fs::write(&file, text).unwrap();
    let mut child =
        git(folder).args(["apply", "-"]).stdin(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(diff.as_bytes()).unwrap();
    child.wait().unwrap().success().then(|| fs::read_to_string(file).unwrap())
}

fn git(folder: &Path) -> Command {
    let mut command = Command::new("git");
    command.current_dir(folder).env("GIT_CEILING_DIRECTORIES", folder.parent().unwrap());
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    command
}

/// A folder to work in; nothing, and a word about it, where there is no git.
fn folder() -> Option<tempfile::TempDir> {
    if Command::new("git").arg("--version").output().is_err() {
        skip("git is not here");
        return None;
    }
    Some(tempfile::tempdir().unwrap())
}
