//! The visitor must be able to see what others never may: without us, an upgrade takes the brand away.

use std::time::Duration;

use crate::chroot::Chroot;
use crate::packages::Release;
use crate::parts;
use crate::poller::{Poller, Report, Wanted};
use crate::server::{Kind, Server};

#[test]
fn an_edit_in_place_is_seen_to_be_lost() {
    if !parts::are_there() {
        return;
    }
    let chroot = Chroot::with_jitsi("control", Release::First);
    let interface = "/usr/share/jitsi-meet/interface_config.js";
    chroot.must(&format!("sed -i \"s/'Jitsi Meet'/'Public Code Meet'/\" {interface}"));
    for kind in [Kind::Nginx, Kind::Apache] {
        let server = Server::start(&chroot, kind);
        let pages = vec![Wanted {
            page: "/interface_config.js".to_owned(),
            itself: "var interfaceConfig",
            words: vec!["Public Code Meet"],
        }];
        let poller = Poller::start(server.address, pages);
        poller.arm();
        poller.assert_branded("an edit in place");

        chroot.must(&format!("cp -p {interface} /root/edited && mv {interface} /root/away"));
        let missing = wait(&poller, |report| !report.missing.is_zero());
        assert!(missing.unbranded.is_zero(), "{kind:?}: {missing:?}");
        chroot.must(&format!("cp -p /root/edited {interface}"));

        chroot.must("apt-get install --reinstall jitsi-meet-web");
        wait(&poller, |report| !report.unbranded.is_zero());
        chroot.must(&format!("cp -p /root/edited {interface}"));
    }
}

/// What was seen, once `is_there` or after a while.
fn wait(poller: &Poller, is_there: impl Fn(&Report) -> bool) -> Report {
    for _ in 0..2000 {
        if is_there(&poller.so_far()) {
            return poller.so_far();
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    panic!("the visitor saw nothing of it: {:?}", poller.so_far());
}
