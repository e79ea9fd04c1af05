//! What happens to a server, told step by step.

mod control;
mod faults;
mod hints;
mod order;
mod overlay;
mod package;
mod removal;
mod rounds;
mod upkeep;

use crate::chroot::Chroot;
use crate::poller::{Poller, Wanted};
use crate::server::Server;

/// What visitors meet of the brand: all of it on the page, through server-side includes, and two files by themselves.
pub(crate) fn pages(chroot: &Chroot) -> Vec<Wanted> {
    let (name, remote) = ("APP_NAME: 'Public Code Meet'", "fellow Public Coder");
    let interface = chroot.read("var/lib/rebrand/current/tree/usr/share/jitsi-meet/interface_config.js");
    let logo = interface.split('\'').find(|text| text.starts_with("images/rebrand/")).unwrap();
    let all = vec!["<title>Public Code Meet</title>", name, remote, "images/rebrand/"];
    [("/interface_config.js", "var interfaceConfig", vec![name]), ("/", "var interfaceConfig", all)]
        .into_iter()
        .chain([(format!("/{logo}").as_str(), "<svg", Vec::new())])
        .map(|(page, itself, words)| Wanted { page: page.to_owned(), itself, words })
        .collect()
}

/// A visitor who already sees the brand.
pub(crate) fn visit(chroot: &Chroot, server: &Server) -> Poller {
    let poller = Poller::start(server.address, pages(chroot));
    poller.arm();
    poller.assert_branded("the first apply");
    poller
}
