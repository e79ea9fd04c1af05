//! A stand-in site and a project in a temporary folder, on which the program itself is run.
//!
//! Shared by several test crates, each of which uses a part of it.

#![allow(dead_code, reason = "each test crate uses a part")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use rebrand::brand::OWN;
use rebrand::demo::sites::{self, Year};
use tempfile::TempDir;

/// A site and a project.
pub(crate) struct World {
    pub(crate) folder: TempDir,
}

/// What a run came to: its exit status, and all that it said.
pub(crate) struct Run {
    pub(crate) status: Option<i32>,
    pub(crate) said: String,
}

impl World {
    /// The stand-in site of `year`, and `brand` with this repository's logo.
    pub(crate) fn bare(year: Year, brand: &str) -> Self {
        let world = World { folder: TempDir::new().unwrap() };
        for (path, text) in sites::files(year) {
            write(&world.site().join(path), text.as_bytes());
        }
        world.asset("brand.toml", brand.as_bytes());
        world.asset("logo.svg", OWN.1.as_bytes());
        world
    }

    pub(crate) fn site(&self) -> PathBuf {
        self.folder.path().join("site")
    }

    pub(crate) fn web(&self, name: &str) -> PathBuf {
        self.site().join("usr/share/jitsi-meet").join(name)
    }

    pub(crate) fn brand(&self) -> PathBuf {
        self.folder.path().join("project/brand")
    }

    /// Writes a file of `brand/`.
    pub(crate) fn asset(&self, name: &str, bytes: &[u8]) {
        write(&self.brand().join(name), bytes);
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rebrand"));
        command.arg("-C").arg(self.folder.path().join("project")).arg("--root").arg(self.site());
        let done = command.args(arguments).stdin(Stdio::null()).output().unwrap();
        let said = [done.stdout, done.stderr].concat();
        Run { status: done.status.code(), said: String::from_utf8(said).unwrap() }
    }

    /// Every file of the site but our records.
    pub(crate) fn files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut found = BTreeMap::new();
        let mut ahead = vec![self.site()];
        while let Some(folder) = ahead.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.ends_with("var/lib/rebrand") {
                    continue;
                }
                if path.is_dir() {
                    ahead.push(path);
                } else {
                    found.insert(path.clone(), fs::read(path).unwrap());
                }
            }
        }
        found
    }
}

impl Run {
    /// That it ended with `status` and said each of `words`.
    pub(crate) fn is(&self, status: i32, words: &[&str]) {
        assert_eq!(self.status, Some(status), "{}", self.said);
        for word in words {
            assert!(self.said.contains(word), "`{word}` is not in: {}", self.said);
        }
    }
}

/// Writes `bytes` to `path`, whose folders are made.
pub(crate) fn write(path: &Path, bytes: &[u8]) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}
