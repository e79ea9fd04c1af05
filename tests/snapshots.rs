//! The reviewed result of this repository's brand on the stand-in sites: a pull request shows what a change does.
//!
//! `REBRAND_BLESS=1 cargo test --test snapshots` rewrites `snapshots/`; what it rewrote is then reviewed with git.

// Helpers of tests may fail as tests do; clippy's own exception ends at `#[test]`.
#![allow(clippy::expect_used)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use rebrand::demo::sites::{Year, files};

/// Lays the stand-in of `year` out below `root`.
fn lay_out(root: &Path, year: Year) {
    for (path, text) in files(year) {
        let path = root.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
        fs::write(path, text).expect("a file");
    }
}

/// What `rebrand diff` says of `root`, by the files of a snapshot.
fn result(root: &Path) -> BTreeMap<String, String> {
    let output = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_rebrand"))
            .args(["--color", "never", "-C", env!("CARGO_MANIFEST_DIR"), "--root"])
            .arg(root)
            .args(arguments)
            .output()
            .expect("the program runs");
        assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    let mut result = BTreeMap::from([("keys.txt".to_owned(), output(&["diff", "--verbose", "--keys"]))]);
    let whole = output(&["diff"]);
    let start = whole.find("diff --git ").expect("a diff");
    let mut rest = &whole[start..];
    while !rest.is_empty() {
        let end = rest[1..].find("\ndiff --git ").map_or(rest.len(), |at| at + 2);
        let path = rest.lines().next().and_then(|line| line.rsplit_once(" b/")).expect("a path").1;
        result.insert(format!("{path}.diff"), rest[..end].to_owned());
        rest = &rest[end..];
    }
    result
}

/// Every file below `folder`, by its path there.
fn recorded(folder: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("inside").to_string_lossy().into_owned();
                found.insert(name, fs::read_to_string(&path).expect("UTF-8"));
            }
        }
    }
    found
}

fn holds(name: &str, year: Year) {
    let scratch = tempfile::tempdir().expect("a temporary folder");
    lay_out(scratch.path(), year);
    let now = result(scratch.path());
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("snapshots").join(name);
    if std::env::var_os("REBRAND_BLESS").is_some() {
        let _ = fs::remove_dir_all(&folder);
        for (path, text) in &now {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
            fs::write(path, text).expect("a file");
        }
    }
    let then = recorded(&folder);
    assert_eq!(then.keys().collect::<Vec<_>>(), now.keys().collect::<Vec<_>>());
    for (path, text) in now {
        assert_eq!(
            then[&path], text,
            "snapshots/{name}/{path} is not what the brand comes to; see the top of this test"
        );
    }
}

#[test]
fn the_layout_of_2021() {
    holds("2021", Year::Y2021);
}

#[test]
fn the_layout_of_2026() {
    holds("2026", Year::Y2026);
}
