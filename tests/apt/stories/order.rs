//! Which package comes first and which goes first is the administrator's choice.

use crate::chroot::Chroot;
use crate::packages::{self, Release};
use crate::parts;
use crate::server::{Kind, Server};
use crate::stories::visit;

#[test]
fn installed_before_jitsi_it_waits_for_it() {
    if !parts::are_there() {
        return;
    }
    let chroot = Chroot::new("before");
    chroot.publish(Release::First);
    chroot.must("apt-get install rebrand");
    for (path, text) in packages::brand() {
        chroot.write(&format!("etc/rebrand/brand/{path}"), text);
    }
    chroot.must(&format!("apt-get install {}", packages::JITSI.join(" ")));
    chroot.must("rebrand apply --yes");
    let server = Server::start(&chroot, Kind::Nginx);
    let poller = visit(&chroot, &server);
    chroot.publish(Release::Moved);
    chroot.must("apt-get upgrade");
    poller.assert_branded("the first upgrade");

    // Ours goes first.
    poller.disarm();
    chroot.must("apt-get purge rebrand");
    chroot.assert_clean();
    chroot.must("apt-get purge jitsi-meet-web jitsi-meet-web-config");
    assert_gone(&chroot);
}

#[test]
fn jitsi_may_go_first_and_come_back() {
    if !parts::are_there() {
        return;
    }
    let chroot = Chroot::branded("jitsi-first", Release::First);
    chroot.must("apt-get remove jitsi-meet-web jitsi-meet-web-config");
    assert!(!chroot.path("usr/share/jitsi-meet/interface_config.js").exists(), "no page without its package");
    chroot.must("apt-get install jitsi-meet-web jitsi-meet-web-config");
    let server = Server::start(&chroot, Kind::Nginx);
    let poller = visit(&chroot, &server);
    poller.disarm();

    chroot.must("apt-get purge jitsi-meet-web jitsi-meet-web-config");
    chroot.must("apt-get purge rebrand");
    assert_gone(&chroot);
}

/// That neither package left anything.
fn assert_gone(chroot: &Chroot) {
    assert_eq!(chroot.must("dpkg-divert --list | grep rebrand || true"), "");
    for path in ["usr/share/jitsi-meet", "var/lib/rebrand", "var/cache/rebrand", "etc/rebrand"] {
        let left = chroot.must(&format!("find /{path} 2>/dev/null || true"));
        assert_eq!(left, "", "left after both packages were purged");
    }
}
