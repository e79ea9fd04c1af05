//! The whole life of a server: every way by which a package can change, and not one unbranded answer.

use crate::chroot::Chroot;
use crate::packages::{self, Release};
use crate::parts;
use crate::poller::Poller;
use crate::server::{Kind, Server};
use crate::stories::visit;

const INTERFACE: &str = "usr/share/jitsi-meet/interface_config.js";

#[test]
fn nginx_serves_the_brand_through_every_change() {
    whole_life("nginx", Kind::Nginx);
}

#[test]
fn apache_serves_the_brand_through_every_change() {
    whole_life("apache", Kind::Apache);
}

fn whole_life(name: &str, kind: Kind) {
    if !parts::are_there() {
        return;
    }
    let chroot = Chroot::with_jitsi(name, Release::First);
    let host = chroot.host_config();
    let shipped = chroot.read(INTERFACE);
    let server = Server::start(&chroot, kind);

    chroot.must("apt-get install rebrand");
    assert_eq!(chroot.read(INTERFACE), shipped, "without a brand nothing changes");
    assert_eq!(chroot.must("dpkg-divert --list | grep rebrand || true"), "");
    chroot.brand();

    let poller = visit(&chroot, &server);
    upgrades(&chroot, &poller);
    packages_by_hand(&chroot, &poller);
    comes_and_goes(&chroot, &poller, &host);

    let report = poller.so_far();
    println!(
        "{name}: {} answers, {:?} unbranded, {:?} missing",
        report.answers, report.unbranded, report.missing
    );
    assert!(report.answers > 1000, "only {} answers", report.answers);
}

fn upgrades(chroot: &Chroot, poller: &Poller) {
    for release in [Release::Near, Release::Moved, Release::Dropped, Release::Broken] {
        chroot.publish(release);
        chroot.must("apt-get upgrade");
        assert_installed(chroot, "jitsi-meet-web", &release.version());
        poller.assert_branded(&format!("apt upgrade to {release:?}"));
        chroot.assert_shipped();
    }
    // What the run inside of apt came to is told afterwards.
    assert!(chroot.path("var/lib/rebrand/last-run.json").is_file(), "the trigger leaves its verdict");
}

fn packages_by_hand(chroot: &Chroot, poller: &Poller) {
    let (broken, first) = (Release::Broken.version(), Release::First.version());
    chroot.must(&format!("dpkg -i /repository/jitsi-meet-web_{broken}_all.deb"));
    poller.assert_branded("dpkg -i");
    chroot.must(&format!(
        "apt-get install --allow-downgrades jitsi-meet-web={first} jitsi-meet-web-config={first}"
    ));
    assert_installed(chroot, "jitsi-meet-web", &first);
    poller.assert_branded("a downgrade");
    chroot.must("apt-get install --reinstall jitsi-meet-web jitsi-meet-web-config");
    poller.assert_branded("a reinstallation");

    chroot.add(&[packages::our_next().to_owned()]);
    chroot.must("apt-get install --only-upgrade rebrand");
    assert!(chroot.must("dpkg-query -W rebrand").trim_end().ends_with("+next"));
    poller.assert_branded("an upgrade of rebrand itself");

    chroot.publish(Release::Last);
    chroot.must("unattended-upgrade --verbose");
    assert_installed(chroot, "jitsi-meet-web", &Release::Last.version());
    poller.assert_branded("unattended-upgrades");
    chroot.assert_shipped();
}

fn comes_and_goes(chroot: &Chroot, poller: &Poller, host: &str) {
    poller.disarm();
    chroot.must("apt-get remove rebrand");
    assert!(!chroot.read(INTERFACE).contains("Public Code"), "what was shipped is back");
    assert_eq!(chroot.host_config(), host, "the configuration of the host is as it was");
    assert!(chroot.path("etc/rebrand/brand/brand.toml").is_file(), "the brand outlives a removal");
    chroot.assert_shipped();

    chroot.must("apt-get install rebrand");
    poller.arm();
    poller.assert_branded("a removal and an installation, without a person");

    poller.disarm();
    chroot.must("apt-get purge rebrand");
    chroot.assert_clean();
    assert_eq!(chroot.host_config(), host, "the configuration of the host is as it was");

    chroot.must("apt-get install rebrand");
    chroot.brand();
    poller.arm();
    poller.assert_branded("a purge and a new beginning");

    poller.disarm();
    chroot.must("apt-get purge rebrand");
    chroot.assert_clean();
}

fn assert_installed(chroot: &Chroot, package: &str, version: &str) {
    let there = chroot.must(&format!("dpkg-query -W -f '${{Status}} ${{Version}}' {package}"));
    assert_eq!(there, format!("install ok installed {version}"));
}
