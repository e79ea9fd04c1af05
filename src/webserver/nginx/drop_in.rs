//! Whether a file in `/etc/jitsi/meet/jaas/` would be honoured for a host, and without harm to another.
//!
//! Upstream's site files include that folder since May 2023. An exact location in it wins over every pattern, wherever
//! it stands in the server, so all that matters is that nobody has the same one and that nothing is decided before.

use serde::Serialize;

use super::location::{Match, locate, locations};
use super::{Config, Directive, Server};
use crate::fault::Place;
use crate::webserver::{Disk, pattern};

/// The folder of drop-ins.
const FOLDER: &str = "/etc/jitsi/meet/jaas";
/// Our own drop-in, below the root.
pub const DROP_IN: &str = "etc/jitsi/meet/jaas/rebrand.conf";

/// Where a drop-in would go, and whom it reaches.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DropIn {
    /// The folder, from `/`.
    pub folder: String,
    /// The names of every server that includes it: all of them get what lies there.
    pub hosts: Vec<String>,
}

/// Why a drop-in would not be honoured safely.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoDropIn {
    /// No server has the host's pages: none has its name, or all that do lead elsewhere.
    #[error("no server of nginx sends the pages of `{0}`")]
    NoServer(String),
    /// A server from which visitors get the host's pages does not include the folder.
    #[error("the server of `{host}` at `{}:{}` does not include `/etc/jitsi/meet/jaas/*.conf`", place.file, place.line)]
    NotIncluded {
        /// The host.
        host: String,
        /// Where the server is.
        place: Place,
    },
    /// The folder is included where locations of a server have no place.
    #[error("`{}:{}` includes the folder outside a server", .0.file, .0.line)]
    Elsewhere(Place),
    /// A server that gets the drop-in has the location already, and nginx would refuse to start.
    #[error("`{}:{}` has the location `= {path}` already", place.file, place.line)]
    Taken {
        /// The path.
        path: String,
        /// Where.
        place: Place,
    },
    /// Something in the server decides before any location is looked for.
    #[error("`{}:{}` decides before a location is looked for", .0.file, .0.line)]
    Before(Place),
    /// A location that has one of the paths now lets not everybody in, and an exact one goes round it.
    #[error("`{}:{}` lets not everybody in, and a drop-in would go round it", .0.file, .0.line)]
    Guarded(Place),
    /// A server that is none of the site's gets the drop-in too.
    #[error("`{}:{}` includes the folder for a server that is none of this site's", .0.file, .0.line)]
    Foreign(Place),
    /// The configuration cannot be read whole.
    #[error("the configuration cannot be read whole: `{}:{}`", .0.file, .0.line)]
    Unread(Place),
}

impl Config {
    /// Whether exact locations for `paths` in a file of the folder would be honoured wherever visitors get the pages of
    /// `host`, and by whom else.
    ///
    /// # Errors
    /// When they would not, or would do harm; the reason.
    pub fn drop_in(&self, disk: &Disk, host: &str, paths: &[&str]) -> Result<DropIn, NoDropIn> {
        if let Some(fault) = self.faults.first() {
            return Err(NoDropIn::Unread(fault.place.clone()));
        }
        let senders = self.senders_of(disk, host);
        let Some(first) = senders.first() else { return Err(NoDropIn::NoServer(host.to_owned())) };
        let not_included = |server: &Server| {
            let place = server.block.place.clone();
            NoDropIn::NotIncluded { host: host.to_owned(), place }
        };
        if let Some(without) = senders.iter().find(|server| server.included().is_none()) {
            return Err(not_included(without));
        }
        let everywhere = self.all().filter(|directive| is_include(directive)).count();
        let all = self.servers();
        let sharing: Vec<&Server> = all.iter().filter(|server| server.included().is_some()).collect();
        if everywhere != sharing.iter().map(|server| server.includes().count()).sum::<usize>() {
            let inside: Vec<&Place> =
                sharing.iter().flat_map(|server| server.includes()).map(|found| &found.place).collect();
            let stray = self.all().find(|found| is_include(found) && !inside.contains(&&found.place));
            return Err(
                stray.map_or_else(|| not_included(first), |stray| NoDropIn::Elsewhere(stray.place.clone()))
            );
        }
        for server in &sharing {
            server.takes(paths)?;
        }
        let mut hosts: Vec<String> =
            sharing.iter().flat_map(|server| server.names()).map(str::to_owned).collect();
        hosts.sort_unstable();
        hosts.dedup();
        Ok(DropIn { folder: FOLDER.to_owned(), hosts })
    }

    /// A server that gets the drop-in and has the name of none of `hosts`.
    #[must_use]
    pub fn shared_with_others(&self, hosts: &[&str]) -> Option<NoDropIn> {
        let servers = self.servers();
        let is_of_site = |server: &&Server| hosts.iter().any(|host| server.is_named(host));
        let mut others = servers.iter().filter(|server| !is_of_site(server));
        others.find_map(|other| other.included().cloned()).map(NoDropIn::Foreign)
    }
}

impl<'c> Server<'c> {
    /// Where it includes the folder of drop-ins.
    #[must_use]
    pub fn included(&self) -> Option<&'c Place> {
        self.includes().next().map(|include| &include.place)
    }

    fn includes(&self) -> impl Iterator<Item = &'c Directive> {
        self.directives("include").filter(|directive| is_include(directive))
    }

    /// Whether the locations that have `paths` without a drop-in let everybody in.
    fn guards(&self, paths: &[&str]) -> Result<(), NoDropIn> {
        let is_ours = |directive: &Directive| directive.place.file.ends_with(DROP_IN);
        let without: Vec<Directive> =
            self.block.block.iter().filter(|directive| !is_ours(directive)).cloned().collect();
        for path in paths {
            // A pattern that is not understood may match.
            let Ok(located) = locate(&without, path) else {
                return Err(NoDropIn::Unread(self.block.place.clone()));
            };
            let mut inside = located.path.iter().flat_map(|location| &location.block);
            if let Some(guard) = inside.find(|directive| GUARDS.contains(&directive.name.as_str())) {
                return Err(NoDropIn::Guarded(guard.place.clone()));
            }
        }
        Ok(())
    }

    /// Whether exact locations for `paths` clash with nothing.
    fn takes(&self, paths: &[&str]) -> Result<(), NoDropIn> {
        for location in locations(&self.block.block) {
            if let Match::Exact(path) = Match::of(location)
                && paths.contains(&path)
                && !location.place.file.ends_with(DROP_IN)
            {
                return Err(NoDropIn::Taken { path: path.to_owned(), place: location.place.clone() });
            }
        }
        self.guards(paths)?;
        let before = self.block.block.iter().find(|directive| match directive.name.as_str() {
            "return" => true,
            "rewrite" => {
                paths.iter().any(|path| !matches!(pattern::find(directive.word(0), false, path), Ok(None)))
            }
            "if" => directive.block.iter().any(|inner| matches!(inner.name.as_str(), "return" | "rewrite")),
            _ => false,
        });
        before.map_or(Ok(()), |before| Err(NoDropIn::Before(before.place.clone())))
    }
}

/// What a location keeps people out with. What a whole server says of it holds for every location that says nothing.
const GUARDS: [&str; 7] = ["allow", "auth_basic", "auth_jwt", "auth_request", "deny", "internal", "satisfy"];

fn is_include(directive: &Directive) -> bool {
    directive.name == "include" && directive.word(0) == "/etc/jitsi/meet/jaas/*.conf"
}
