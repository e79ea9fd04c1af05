//! Removal and purge by the shell alone, whatever was deleted before: a page as shipped or as branded, never worse.

use crate::chroot::Chroot;
use crate::packages::{HOST, Release};
use crate::parts;

const WEB: &str = "/usr/share/jitsi-meet";
const INTERFACE: &str = "/usr/share/jitsi-meet/interface_config.js";
const KEPT: &str = "/var/lib/rebrand/shipped-";

/// A branded server whose program somebody deleted, with the host's file of before.
fn without_program(name: &str) -> (Chroot, String) {
    let chroot = Chroot::with_jitsi(name, Release::Moved);
    let host = chroot.host_config();
    chroot.must("apt-get install rebrand");
    chroot.brand();
    assert_ne!(chroot.host_config(), host);
    chroot.must("rm /usr/bin/rebrand");
    (chroot, host)
}

/// Every picture of the brand that the site names, by name, and a word for each that is missing.
fn missing(chroot: &Chroot) -> String {
    chroot.must(&format!(
        "grep -ohE 'images/rebrand/[A-Za-z0-9._-]+' /etc/jitsi/meet/*-config.js {WEB}/*.js {WEB}/*.html | sort -u | \
         while read -r name; do test -e {WEB}/$name || echo $name; done"
    ))
}

#[test]
fn the_shell_gives_the_hosts_files_back_too() {
    if !parts::are_there() {
        return;
    }
    for verb in ["remove", "purge"] {
        let (chroot, host) = without_program("removal-host");
        chroot.must("chown www-data /etc/jitsi/meet/*-config.js; chmod 640 /etc/jitsi/meet/*-config.js");
        let _ = chroot.must(&format!("apt-get {verb} rebrand"));
        assert_eq!(chroot.host_config(), host, "{verb}");
        chroot.must("apt-get purge rebrand");
        chroot.assert_clean();
    }
}

#[test]
fn what_cannot_be_given_back_is_kept_and_named() {
    if !parts::are_there() {
        return;
    }
    let config = format!("/etc/jitsi/meet/{HOST}-config.js");
    for lost in [format!("rm {KEPT}*"), format!("sed -i '1i // mine' {config}")] {
        let (chroot, _) = without_program("removal-kept");
        chroot.must(&lost);
        let branded = chroot.host_config();
        for verb in ["remove", "purge"] {
            let told = chroot.must(&format!("apt-get {verb} rebrand"));
            assert_eq!(chroot.host_config(), branded, "{lost}");
            assert_eq!(missing(&chroot), "", "{lost}: {verb}");
            assert!(verb == "remove" || told.contains(&format!("lost: {config}")), "{told}");
            assert!(chroot.path("var/lib/rebrand/receipt.json").exists(), "{lost}: {verb}");
        }
    }
}

#[test]
fn without_shipped_files_the_shell_leaves_the_branded_ones() {
    if !parts::are_there() {
        return;
    }
    for has_program in [true, false] {
        let chroot = Chroot::branded("removal-shipped", Release::Moved);
        let branded = chroot.must(&format!("cat {INTERFACE} {WEB}/title.html"));
        let program = if has_program { "" } else { "rm /usr/bin/rebrand;" };
        chroot.must(&format!("{program} rm {WEB}/*.rebrand-shipped"));
        for verb in ["remove", "purge"] {
            let told = chroot.must(&format!("apt-get {verb} rebrand"));
            assert!(verb == "purge" || told.contains("--reinstall jitsi-meet-web"), "{told}");
            assert_eq!(chroot.must(&format!("cat {INTERFACE} {WEB}/title.html")), branded, "{verb}");
            chroot.must(&format!("test ! -L {INTERFACE} && test ! -L {WEB}/title.html"));
            assert_eq!(missing(&chroot), "", "{verb}, with a program: {has_program}");
        }
        // The command that was named does what it says.
        chroot.must("apt-get install --reinstall jitsi-meet-web");
        chroot.assert_shipped();
    }
}
