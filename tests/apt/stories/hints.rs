//! Every hint that is a command works in the state in which it is given.

use crate::chroot::Chroot;
use crate::packages::{self, Release};
use crate::parts;

/// The command in `told` that begins with `first`, between backquotes.
fn command<'t>(told: &'t str, first: &str) -> &'t str {
    let of_first = told.split('`').find(|part| part.starts_with(first));
    of_first.unwrap_or_else(|| panic!("no command begins with `{first}` in:\n{told}"))
}

/// Diverted by hand, with another file in its place, with none, and by another package.
#[test]
fn a_diversion_of_others_ends_with_the_command_that_is_told() {
    if !parts::are_there() {
        return;
    }
    let chroot = Chroot::with_jitsi("hints-divert", Release::Moved);
    chroot.must("apt-get install rebrand");
    for (path, text) in packages::brand() {
        chroot.write(&format!("etc/rebrand/brand/{path}"), text);
    }
    let title = "/usr/share/jitsi-meet/title.html";
    for asked in ["apply --yes", "doctor"] {
        for (whose, own) in [
            ("--local", "cp -p $t.distrib $t"),
            ("--local", "true"),
            ("--package other", "cp -p $t.distrib $t"),
        ] {
            let options = if whose == "--local" { "" } else { "--divert $t.distrib" };
            chroot.must(&format!("t={title}; dpkg-divert {whose} {options} --rename --add $t && {own}"));
            let mut told = chroot.run(&format!("rebrand {asked}")).said;
            if own == "true" && asked != "doctor" {
                assert!(told.contains("`rebrand doctor` tells that"), "{told}");
                told = chroot.run("rebrand doctor").said;
            }
            let ends =
                if told.contains("`mv -f") { command(&told, "mv -f") } else { command(&told, "dpkg-divert") };
            chroot.must(ends);
            chroot.must(&format!("test -f {title} && test ! -e {title}.distrib"));
            assert_eq!(
                chroot.must("dpkg-divert --list | grep title.html || true"),
                "",
                "{asked} {whose} {own}: {ends}"
            );
            chroot.assert_shipped();
        }
    }
    chroot.must("rebrand apply --yes && rebrand check");
}

/// Somebody took the package's own file away, or dpkg was told not to unpack it.
#[test]
fn a_lost_file_comes_back_with_the_command_that_is_told() {
    if !parts::are_there() {
        return;
    }
    let chroot = Chroot::branded("hints-lost", Release::Moved);
    for name in ["interface_config.js", "title.html"] {
        chroot.must(&format!("rm /usr/share/jitsi-meet/{name}.rebrand-shipped"));
        let told = chroot.run("rebrand status").said;
        assert!(told.contains(name), "{told}");
        chroot.must(command(&told, "apt-get install --reinstall"));
        chroot.must("rebrand check");
        chroot.assert_shipped();
    }
    let settings = "/etc/dpkg/dpkg.cfg.d/slim";
    chroot.must(&format!("echo 'path-exclude=/usr/share/jitsi-meet/title.html' >{settings}"));
    chroot.must("apt-get install --reinstall jitsi-meet-web");
    let told = chroot.run("rebrand doctor").said;
    assert!(told.contains("take the line out"), "{told}");
    chroot.must(&format!("rm {settings}"));
    chroot.must(command(&told, "apt-get install --reinstall"));
    chroot.must("rebrand check");
    chroot.assert_shipped();
}
