//! What an administrator asks for with apt around it: a rehearsal, the runbook of an upgrade, and looks from outside.

use std::fs;

use crate::chroot::Chroot;
use crate::packages::{HOST, Release, pack};
use crate::parts;
use crate::server::{Kind, Server};
use crate::stories::visit;

/// Runs `rebrand` with `arguments`, which must end with `status` and say each of `words`.
fn rebrand(chroot: &Chroot, arguments: &str, status: i32, words: &[&str]) {
    let done = chroot.run(&format!("rebrand {arguments}"));
    assert_eq!(done.status, Some(status), "`rebrand {arguments}` said:\n{}", done.said);
    for word in words {
        assert!(done.said.contains(word), "`{word}` is not what `rebrand {arguments}` said:\n{}", done.said);
    }
}

fn installed(chroot: &Chroot, package: &str) -> String {
    chroot.must(&format!("dpkg-query -W -f '${{Version}}' {package}"))
}

#[test]
fn the_runbook_rehearses_upgrades_and_checks() {
    if !parts::are_there() {
        return;
    }
    let chroot = Chroot::branded("runbook", Release::First);
    let server = Server::start(&chroot, Kind::Nginx);
    let poller = visit(&chroot, &server);
    rebrand(&chroot, "rehearse", 0, &["nothing newer"]);

    chroot.publish(Release::Moved);
    let held = || chroot.must("dpkg-divert --list; ls -R /var/lib/rebrand /tmp /var/cache/apt; dpkg -l");
    let before = held();
    let moved = "upstream moved `DEFAULT_REMOTE_DISPLAY_NAME`";
    rebrand(&chroot, "rehearse", 0, &["1.0.5056-1 → 1.0.9268-1", moved]);
    assert_eq!(held(), before, "a rehearsal changes nothing and leaves nothing");

    rebrand(&chroot, "upgrade --yes", 0, &[moved, "the site is branded: every wish is in force"]);
    poller.assert_branded("the runbook");
    for package in ["jitsi-meet-web", "jitsi-meet-web-config", "jicofo", "jitsi-videobridge2"] {
        assert_eq!(installed(&chroot, package), Release::Moved.version(), "{package}");
    }
    chroot.assert_shipped();
    rebrand(&chroot, "status", 0, &[moved, "in force"]);
    rebrand(&chroot, "check --monitor", 0, &["REBRAND OK"]);
}

#[test]
fn an_upgrade_that_would_lose_the_brand_is_not_begun() {
    if !parts::are_there() {
        return;
    }
    let chroot = Chroot::branded("stopped", Release::Moved);
    let server = Server::start(&chroot, Kind::Nginx);
    let poller = visit(&chroot, &server);
    chroot.publish(Release::Broken);
    rebrand(&chroot, "rehearse", 1, &["interface_config.js"]);
    rebrand(&chroot, "upgrade --yes", 1, &["interface_config.js", "the site is branded"]);
    assert_eq!(installed(&chroot, "jitsi-meet-web"), Release::Moved.version());
    poller.assert_branded("an upgrade that was not begun");
}

#[test]
fn an_apt_that_fails_leaves_a_branded_site_and_says_so() {
    if !parts::are_there() {
        return;
    }
    let chroot = Chroot::branded("apt-fails", Release::First);
    let server = Server::start(&chroot, Kind::Nginx);
    let poller = visit(&chroot, &server);
    chroot.publish(Release::Near);
    let web = format!("/repository/jitsi-meet-web_{}_all.deb", Release::Near.version());
    chroot.must(&format!("mv {web} /root/"));
    rebrand(&chroot, "upgrade --yes", 2, &["the site is branded"]);
    assert_eq!(installed(&chroot, "jitsi-meet-web"), Release::First.version());
    chroot.must(&format!("mv /root/*.deb {web}"));

    // The web client comes, and another package of Jitsi Meet cannot be configured.
    chroot.must(
        "cp -a /repository/jicofo_* /root/ && mkdir /root/tree && dpkg-deb -R /root/jicofo_*5100* /root/tree",
    );
    chroot.write("root/tree/DEBIAN/postinst", "#!/bin/sh\nexit 1\n");
    chroot.must("chmod 755 /root/tree/DEBIAN/postinst");
    pack(&chroot.path("root/tree"), &chroot.path("root/refusing.deb"));
    let refusing = parts::scratch(&format!("jicofo_{}_all.deb", Release::Near.version()));
    fs::copy(chroot.path("root/refusing.deb"), &refusing).unwrap();
    chroot.add(&[refusing]);
    rebrand(&chroot, "upgrade --yes", 2, &["the site is branded"]);
    poller.assert_branded("an apt that fails");
    assert_eq!(installed(&chroot, "jitsi-meet-web"), Release::Near.version());
    chroot.assert_shipped();
}

#[test]
fn looks_from_outside_find_a_server_that_serves_something_else() {
    if !parts::are_there() {
        return;
    }
    let chroot = Chroot::branded("outside", Release::Moved);
    let server = Server::start(&chroot, Kind::Nginx);
    let page = format!("check --url http://{}/", server.address);
    chroot.must("cp /etc/story.conf /etc/nginx/nginx.conf; rm -f /etc/apache2/apache2.conf");
    rebrand(&chroot, &page, 0, &["are as wished"]);
    rebrand(&chroot, "doctor", 0, &[]);
    drop(server);

    // A copy in /etc that somebody made before an upgrade, and that the web server serves since.
    chroot.must(&format!("cp /etc/jitsi/meet/{HOST}-config.js /etc/jitsi/meet/frozen.js"));
    chroot.must("sed -i 's/fellow Public Coder/Fellow Jitster/' /etc/jitsi/meet/frozen.js");
    let server = Server::start_with(&chroot, Kind::Nginx, |conf| {
        conf.replace("alias $config_js_location;", "alias /etc/jitsi/meet/frozen.js;")
    });
    chroot.must("cp /etc/story.conf /etc/nginx/nginx.conf");
    rebrand(&chroot, "check", 0, &[]);
    let page = format!("check --url http://{}/", server.address);
    rebrand(&chroot, &page, 1, &["people.remote"]);
    rebrand(&chroot, "doctor", 1, &["/etc/jitsi/meet/frozen.js", "nginx.conf"]);
}
