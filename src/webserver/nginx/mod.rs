//! nginx: its configuration, the servers in it, and what each would serve.
//!
//! Follows the order of nginx's own phases: the server's rewrites, the choice of a location, the location's rewrites,
//! `try_files`, and at last what makes the content.

mod drop_in;
mod expand;
mod location;
mod manner;
mod request;
mod rewrite;
mod server;
mod token;
mod tree;

pub use drop_in::{DROP_IN, DropIn, NoDropIn};
pub use server::Server;
pub use tree::Directive;

use super::{Answer, Disk};
use crate::fault::Fault;

/// The file that nginx begins with.
pub const MAIN: &str = "/etc/nginx/nginx.conf";

/// Whom Debian's nginx works as if nothing is said: what it was built with.
const USER: &str = "www-data";

/// A configuration, with all files that it includes.
#[derive(Clone, Debug)]
pub struct Config {
    /// What the main file says.
    pub directives: Vec<Directive>,
    /// What could not be read of it.
    pub faults: Vec<Fault>,
}

impl Config {
    /// Reads the configuration that begins with the file `path`; none if that is not there.
    #[must_use]
    pub fn read(disk: &Disk, path: &str) -> Option<Self> {
        let mut faults = Vec::new();
        let directives = tree::read(disk, path, &mut faults)?;
        Some(Config { directives, faults })
    }

    /// Whom it works as.
    #[must_use]
    pub fn user(&self) -> &str {
        let user = self.directives.iter().rfind(|directive| directive.name == "user");
        user.map_or(USER, |user| user.word(0))
    }

    /// Every server that answers by HTTP.
    #[must_use]
    pub fn servers(&self) -> Vec<Server<'_>> {
        let http = self.directives.iter().filter(|directive| directive.name == "http");
        let http = http.map(|http| http.block.as_slice());
        http.flat_map(|http| {
            let blocks = http.iter().filter(|directive| directive.name == "server");
            blocks.map(move |block| Server { http, block })
        })
        .collect()
    }

    /// The servers that answer for `host`, one for each port; those that encrypt come first.
    #[must_use]
    pub fn servers_of(&self, host: &str) -> Vec<Server<'_>> {
        server::chosen(&self.servers(), host)
    }

    /// The servers from which visitors get the pages of `host`: the first that has its name and does not lead elsewhere,
    /// and those on other ports that send a page too.
    #[must_use]
    pub fn senders_of(&self, disk: &Disk, host: &str) -> Vec<Server<'_>> {
        let named = self.servers_of(host).into_iter().filter(|server| server.is_named(host));
        let answers = named.map(|server| (server, server.serve(disk, host, "/").answer));
        let here = answers.filter(|(_, answer)| !answer.leads_away()).enumerate();
        let senders = here.filter(|(index, (_, answer))| *index == 0 || matches!(answer, Answer::File(_)));
        senders.map(|(_, (server, _))| server).collect()
    }

    /// Every directive of the configuration, also those in blocks.
    pub fn all(&self) -> impl Iterator<Item = &Directive> {
        let mut ahead: Vec<&Directive> = self.directives.iter().rev().collect();
        std::iter::from_fn(move || {
            let next = ahead.pop()?;
            ahead.extend(next.block.iter().rev());
            Some(next)
        })
    }
}
