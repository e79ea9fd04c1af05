//! What the suite needs beside cargo, and a clear word where it is missing.

use crate::skip::skip;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// Programs of this machine, which `tests/install-parts.sh --apt` installs.
const PROGRAMS: [&str; 5] = ["chroot", "dpkg-deb", "lintian", "objdump", "strace"];

/// Debian 12 with web servers and unattended-upgrades, as debootstrap made it. Stories copy it.
pub(crate) fn base() -> PathBuf {
    home().join("target/apt/bookworm")
}

pub(crate) fn home() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A folder of our own for `name`, below cargo's folder for what tests write.
pub(crate) fn scratch(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("apt").join(name)
}

/// Whether stories can run here.
pub(crate) fn are_there() -> bool {
    static MISSING: OnceLock<Vec<String>> = OnceLock::new();
    let missing = MISSING.get_or_init(missing);
    if !missing.is_empty() {
        let how = "as root, `tests/install-parts.sh --apt` gets all of it but the rights of root";
        skip(format_args!("for want of {} ({how})", missing.join(", ")));
    }
    missing.is_empty()
}

fn missing() -> Vec<String> {
    let mut missing = Vec::new();
    if !rustix::process::geteuid().is_root() {
        missing.push("the rights of root".to_owned());
    }
    let programs = PROGRAMS.iter().filter(|program| !is_program(program));
    missing.extend(programs.map(|program| format!("the program `{program}`")));
    if !base().join("usr/sbin/nginx").is_file() {
        missing.push(format!("a Debian in `{}`", base().display()));
    }
    let packer = home().join("target/tools/bin/cargo-deb");
    if crate::packages::given().is_none() && !packer.is_file() {
        missing.push(format!("cargo-deb as `{}`", packer.display()));
    }
    missing
}

fn is_program(name: &str) -> bool {
    Command::new("sh").args(["-c", "command -v \"$0\" >/dev/null", name]).status().unwrap().success()
}
