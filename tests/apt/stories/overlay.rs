//! Overlay mode with the real nginx: the package's files are never touched, and visitors see the brand all the while.

use crate::chroot::Chroot;
use crate::packages::{self, Release};
use crate::parts;
use crate::server::{Kind, Server};
use crate::stories::visit;

const INTERFACE: &str = "usr/share/jitsi-meet/interface_config.js";
const DROP_IN: &str = "etc/jitsi/meet/jaas/rebrand.conf";

#[test]
fn nginx_takes_the_brand_from_elsewhere_through_every_change() {
    if !parts::are_there() {
        return;
    }
    let chroot = Chroot::with_jitsi("overlay", Release::First);
    let server = Server::start_with(&chroot, Kind::Nginx, |conf| {
        conf.replacen("location ~", "include /etc/jitsi/meet/jaas/*.conf;\n        location ~", 1)
    });
    chroot.must("cp /etc/story.conf /etc/nginx/nginx.conf; apt-get install rebrand");
    for (path, text) in packages::brand() {
        let more = if path == "brand.toml" { "[files]\noverlay = true\n" } else { "" };
        chroot.write(&format!("etc/rebrand/brand/{path}"), &format!("{text}{more}"));
    }
    // What nginx refuses is taken back, and said.
    chroot.must("echo 'no_such_directive;' >>/etc/nginx/nginx.conf");
    let refused = chroot.run("rebrand apply --yes");
    assert!(refused.status == Some(2) && refused.said.contains("no_such_directive"), "{refused:?}");
    assert!(!chroot.path(DROP_IN).exists() && !chroot.host_config().contains("Public Code"));
    chroot.must("cp /etc/story.conf /etc/nginx/nginx.conf; rebrand apply --yes");
    let poller = visit(&chroot, &server);
    for release in [Release::Near, Release::Moved, Release::Dropped, Release::Broken, Release::Last] {
        chroot.publish(release);
        chroot.must("apt-get upgrade");
        poller.assert_branded(&format!("apt upgrade to {release:?}"));
        chroot.assert_shipped();
        assert!(!chroot.read(INTERFACE).contains("Public Code"), "the package's file is its own");
    }
    assert_eq!(chroot.must("dpkg-divert --list | grep rebrand || true"), "");
    chroot.must("rebrand check && rebrand doctor");
    chroot.must(&format!("rebrand check --url http://{}/", server.address));

    poller.disarm();
    chroot.must("apt-get remove rebrand");
    assert!(!chroot.path(DROP_IN).exists());
    chroot.assert_shipped();
    let page = chroot.run(&format!("rebrand --version; curl -s http://{}/ || true", server.address)).said;
    assert!(!page.contains("Public Code"), "{page}");
    chroot.must("apt-get install rebrand");
    poller.arm();
    poller.assert_branded("a removal and an installation, without a person");

    // The program is gone first, and the shell withdraws. nginx cannot be told: it finds all that it has names of.
    chroot.must("rm /usr/bin/rebrand; echo 'no_such_directive;' >>/etc/nginx/nginx.conf");
    let told = chroot.must("apt-get purge rebrand");
    assert!(told.contains("goes on with the brand in /var/lib/rebrand"), "{told}");
    assert!(!chroot.path(DROP_IN).exists());
    poller.assert_branded("a purge while nginx takes no configuration");
    chroot.assert_shipped();
    poller.disarm();

    // Installed again and mended, and nothing is left.
    chroot.must("apt-get install rebrand; cp /etc/story.conf /etc/nginx/nginx.conf; nginx -s reload");
    chroot.must("apt-get purge rebrand");
    assert!(!chroot.path("var/lib/rebrand").exists());
}
