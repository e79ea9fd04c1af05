//! The package as a file: what lintian says of it, what it holds, and on which systems its program starts.

use std::fs;
use std::process::Command;

use crate::{packages, parts};

/// The C library of Debian 11. Ubuntu 22.04 has a newer one.
const OLDEST: (u32, u32) = (2, 31);

#[test]
fn lintian_finds_no_fault() {
    if !parts::are_there() {
        return;
    }
    let said = output(Command::new("lintian").args(["--fail-on", "none"]).arg(packages::ours()));
    let tags: Vec<&str> =
        said.lines().filter(|line| line.starts_with("E:") || line.starts_with("W:")).collect();
    assert_eq!(tags, [""; 0]);
}

#[test]
fn it_holds_what_a_package_should() {
    if !parts::are_there() {
        return;
    }
    let held = output(Command::new("dpkg-deb").arg("--contents").arg(packages::ours()));
    for path in [
        "usr/bin/rebrand",
        "usr/share/man/man1/rebrand.1.gz",
        "usr/share/man/man1/rebrand-apply.1.gz",
        "usr/share/man/man5/brand.toml.5.gz",
        "usr/share/doc/rebrand/README.md.gz",
        "usr/share/doc/rebrand/REFERENCE.md.gz",
        "usr/share/bash-completion/completions/rebrand",
        "usr/share/zsh/vendor-completions/_rebrand",
        "usr/share/fish/vendor_completions.d/rebrand.fish",
        "usr/share/doc/rebrand/copyright",
        "usr/share/doc/rebrand/changelog.Debian.gz",
    ] {
        assert!(held.lines().any(|line| line.ends_with(path)), "{path} is not in:\n{held}");
    }
    assert!(!held.contains("./etc"), "dpkg would ask about what it owns in /etc");
    let fields = output(Command::new("dpkg-deb").arg("--field").arg(packages::ours()));
    assert!(fields.contains("Enhances: jitsi-meet-web\n"), "{fields}");
    assert!(!fields.lines().any(|line| line.starts_with("Depends:") && line.contains("jitsi")), "{fields}");
}

/// The changelog names the version of Cargo.toml, which `rebrand --version` tells.
#[test]
fn the_changelog_knows_the_version() {
    let changelog = fs::read_to_string(parts::home().join("packaging/debian/changelog")).unwrap();
    let expected = format!("rebrand ({}-", env!("CARGO_PKG_VERSION"));
    assert!(changelog.starts_with(&expected), "packaging/debian/changelog does not begin with `{expected}`");
}

/// Only a package that was built for others is held to this; the program of a test run knows this machine alone.
#[test]
fn the_program_starts_on_debian_11() {
    let Some(deb) = packages::given().filter(|_| parts::are_there()) else {
        eprintln!("tests/apt: the C library is looked at where REBRAND_DEB names a package to publish");
        return;
    };
    let tree = parts::scratch("glibc");
    let _ = fs::remove_dir_all(&tree);
    output(Command::new("dpkg-deb").arg("-x").arg(deb).arg(&tree));
    let symbols = output(Command::new("objdump").arg("-T").arg(tree.join("usr/bin/rebrand")));
    let newest = symbols.split("GLIBC_").skip(1).filter_map(version).max().expect("it uses the C library");
    assert!(newest <= OLDEST, "needs glibc {}.{}", newest.0, newest.1);
    fs::remove_dir_all(tree).unwrap();
}

/// The first two numbers at the start of `text`.
fn version(text: &str) -> Option<(u32, u32)> {
    let text: String = text.chars().take_while(|char| char.is_ascii_digit() || *char == '.').collect();
    let mut numbers = text.split('.').map(str::parse);
    Some((numbers.next()?.ok()?, numbers.next()?.ok()?))
}

fn output(command: &mut Command) -> String {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}
