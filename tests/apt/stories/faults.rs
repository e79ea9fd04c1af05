//! A program that fails, a dpkg that is killed, a narrow umask, two runs at once: apt goes on, and so does the brand.

use std::os::unix::process::ExitStatusExt as _;
use std::process::Command;
use std::thread;

use crate::chroot::{Chroot, Done};
use crate::packages::Release;
use crate::parts;
use crate::server::{Kind, Server};
use crate::stories::visit;

#[test]
fn a_program_that_fails_holds_up_neither_apt_nor_the_brand() {
    if !parts::are_there() {
        return;
    }
    let chroot = Chroot::branded("failing", Release::First);
    let server = Server::start(&chroot, Kind::Nginx);
    let poller = visit(&chroot, &server);
    chroot.must("rm /usr/bin/rebrand");
    for tool in ["exit 1", "exit 2", "exit 101", "kill -9 $$", "kill -11 $$"] {
        chroot.write("usr/bin/rebrand", &format!("#!/bin/sh\necho \"$@\" >>/root/called\n{tool}\n"));
        chroot.must("chmod 755 /usr/bin/rebrand");
        chroot.must("apt-get install --reinstall jitsi-meet-web");
        assert_eq!(chroot.must("cat /root/called; rm /root/called"), "apply --trigger\n", "{tool}");
        assert_eq!(chroot.must("dpkg --audit"), "", "{tool}");
        poller.assert_branded(tool);
    }
    chroot.must("rm /usr/bin/rebrand");
    chroot.publish(Release::Near);
    chroot.must("apt-get upgrade");
    poller.assert_branded("an upgrade without the program");

    // Nothing but the shell is left to withdraw.
    poller.disarm();
    chroot.must("apt-get remove rebrand");
    chroot.assert_shipped();
    assert_eq!(chroot.must("dpkg-divert --list | grep rebrand || true"), "");
    chroot.must("apt-get purge rebrand");
    chroot.assert_clean();
}

#[test]
fn a_removal_by_the_shell_keeps_what_was_edited_by_hand() {
    if !parts::are_there() {
        return;
    }
    let chroot = Chroot::branded("by-hand", Release::First);
    let interface = "/usr/share/jitsi-meet/interface_config.js";
    // As `sed -i` does: a file in the place of the link.
    chroot.must(&format!("rm /usr/bin/rebrand; sed -i s/Public/Private/ {interface}; test ! -L {interface}"));
    chroot.must("apt-get remove rebrand");
    chroot.assert_shipped();
    assert!(chroot.must("cat /var/lib/rebrand/rescued/*").contains("Private Code Meet"));
    // Again, as if it had been cut short.
    chroot.must("sh /var/lib/dpkg/info/rebrand.postrm remove");
    chroot.assert_shipped();
}

#[test]
fn a_dpkg_that_is_killed_or_told_no_triggers_leaves_the_brand() {
    if !parts::are_there() {
        return;
    }
    let chroot = Chroot::branded("killed", Release::First);
    let server = Server::start(&chroot, Kind::Nginx);
    let poller = visit(&chroot, &server);
    chroot.publish(Release::Near);
    let (first, near) = (deb(Release::First), deb(Release::Near));

    chroot.must(&format!("dpkg -i --no-triggers {near}"));
    poller.assert_branded("dpkg -i --no-triggers");
    chroot.must("dpkg --configure --pending");
    poller.assert_branded("dpkg --configure --pending");

    for call in [1, 4, 8, 12, 16, 20] {
        let killed = kill(&chroot, call, &format!("dpkg --unpack {first}"));
        assert!(killed, "dpkg has less than {call} renames");
        poller.assert_branded(&format!("a dpkg killed at rename {call}"));
        // Where dpkg says that the package is half there, it wants it again, as it would without us.
        chroot.run("dpkg --configure -a");
        chroot.must(&format!("dpkg -i {near}"));
        chroot.must("dpkg --configure -a");
        poller.assert_branded(&format!("recovery from rename {call}"));
        chroot.assert_shipped();
    }
}

#[test]
fn a_narrow_umask_hides_nothing_from_the_web_server() {
    if !parts::are_there() {
        return;
    }
    let chroot = Chroot::with_jitsi("umask", Release::First);
    chroot.must("umask 077; apt-get install rebrand");
    for (path, text) in crate::packages::brand() {
        chroot.write(&format!("etc/rebrand/brand/{path}"), text);
    }
    chroot.must("umask 077; rebrand apply --yes");
    let server = Server::start(&chroot, Kind::Nginx);
    let poller = visit(&chroot, &server);
    chroot.publish(Release::Moved);
    chroot.must("umask 077; apt-get upgrade");
    poller.assert_branded("an upgrade with umask 077");
}

#[test]
fn apt_and_our_own_runs_at_once() {
    if !parts::are_there() {
        return;
    }
    let chroot = Chroot::branded("at-once", Release::First);
    let server = Server::start(&chroot, Kind::Nginx);
    let poller = visit(&chroot, &server);
    thread::scope(|scope| {
        let upgrades = scope.spawn(|| {
            for release in [Release::Near, Release::Moved, Release::Last] {
                chroot.publish(release);
                // apt itself waits for the lock only when told to.
                chroot.must("apt-get -o DPkg::Lock::Timeout=60 upgrade");
            }
        });
        while !upgrades.is_finished() {
            for run in ["apply --yes", "status", "check"] {
                assert_told(run, &chroot.run(&format!("rebrand {run}")));
            }
        }
        upgrades.join().unwrap();
    });
    poller.assert_branded("upgrades and runs at once");
    chroot.must("rebrand apply --yes && rebrand check");
    chroot.assert_shipped();
}

/// That a run said what it came to: done, a difference, or that another had the lock.
fn assert_told(run: &str, done: &Done) {
    let expected: &[i32] = if run.starts_with("apply") { &[0, 75] } else { &[0, 1, 75] };
    assert!(done.status.is_some_and(|status| expected.contains(&status)), "`rebrand {run}`: {done:?}");
}

fn deb(release: Release) -> String {
    format!("/repository/jitsi-meet-web_{}_all.deb", release.version())
}

/// Runs `line`, whose `nth` renaming of a file is its last call. Whether it came so far.
fn kill(chroot: &Chroot, nth: usize, line: &str) -> bool {
    let inside = chroot.command("/bin/sh");
    let mut strace = Command::new("strace");
    strace.args(["-f", "-qq", "-o", "/dev/null", "-e", "trace=rename,renameat,renameat2"]);
    strace.arg("-e").arg(format!("inject=rename:signal=KILL:when={nth}"));
    strace.arg(inside.get_program()).args(inside.get_args()).arg("-c").arg(format!("exec {line}"));
    for (name, value) in inside.get_envs() {
        strace.env(name, value.unwrap());
    }
    let output = strace.output().unwrap();
    output.status.signal() == Some(9)
}
