//! Apache: its configuration, the virtual hosts in it, and what each would serve.
//!
//! Follows the order of Apache's own phases: the rules of `mod_rewrite`, redirects and proxies, aliases, the document
//! root, and then the sections for the file and for the address. What a rule asks of the request alone is `Unknown`.

mod manner;
mod request;
mod sections;
mod tree;

pub use tree::Directive;

use super::{Answer, Disk, Served};
use crate::fault::Fault;
use request::Request;

/// The files that Apache begins with, and the folder in which its names begin, on Debian and on Fedora.
pub const MAIN: [(&str, &str); 2] =
    [("/etc/apache2/apache2.conf", "/etc/apache2"), ("/etc/httpd/conf/httpd.conf", "/etc/httpd")];

/// A configuration, with all files that it includes.
#[derive(Clone, Debug)]
pub struct Config {
    /// What counts of it, without sections that only ask whether something is there.
    pub directives: Vec<Directive>,
    /// What could not be read of it.
    pub faults: Vec<Fault>,
    /// Whether server-side includes can be carried out at all.
    has_includes: bool,
}

impl Config {
    /// Reads the configuration that begins with the file `path`, with names from `folder`; none if it is not there.
    #[must_use]
    pub fn read(disk: &Disk, path: &str, folder: &str) -> Option<Self> {
        let mut reader = tree::Reader::new(disk, folder);
        let directives = reader.read(path, 0)?;
        let has_includes = reader.has_module("include_module");
        Some(Config { directives, faults: reader.faults, has_includes })
    }

    /// Whom it works as.
    #[must_use]
    pub fn user(&self) -> &str {
        let user = self.directives.iter().rfind(|directive| directive.name == "user");
        user.map(|user| user.word(0)).filter(|name| !name.contains('$')).unwrap_or("www-data")
    }

    /// The virtual hosts that have the name `host`, one for each port; those that encrypt come first.
    #[must_use]
    pub fn servers_of(&self, host: &str) -> Vec<Server<'_>> {
        let hosts = self.directives.iter().filter(|directive| directive.name == "<virtualhost");
        let mut found: Vec<Server> = Vec::new();
        for block in hosts {
            let server = Server { config: self, block };
            if server.is_named(host) && found.iter().all(|other| other.port() != server.port()) {
                found.push(server);
            }
        }
        found.sort_by_key(|server| !server.is_encrypted());
        found
    }

    /// The virtual hosts from which visitors get the pages of `host`: the first that does not lead elsewhere, and those
    /// on other ports that send a page too.
    #[must_use]
    pub fn senders_of(&self, disk: &Disk, host: &str) -> Vec<Server<'_>> {
        let answers =
            self.servers_of(host).into_iter().map(|server| (server, server.serve(disk, "/").answer));
        let here = answers.filter(|(_, answer)| !answer.leads_away()).enumerate();
        let senders = here.filter(|(index, (_, answer))| *index == 0 || matches!(answer, Answer::File(_)));
        senders.map(|(_, (server, _))| server).collect()
    }
}

/// A virtual host.
#[derive(Clone, Copy, Debug)]
pub struct Server<'c> {
    config: &'c Config,
    block: &'c Directive,
}

impl<'c> Server<'c> {
    /// What it would send to who asks for `path`, such as `/title.html`.
    #[must_use]
    pub fn serve(&self, disk: &Disk, path: &str) -> Served {
        Request::new(*self, disk, path).served()
    }

    fn is_named(&self, host: &str) -> bool {
        let names = self.named("servername").chain(self.named("serveralias"));
        names.flat_map(|directive| &directive.words).any(|name| {
            let name = name.split("://").last().unwrap_or_default().split(':').next().unwrap_or_default();
            match name.strip_prefix('*') {
                Some(end) => host.to_lowercase().ends_with(&end.to_lowercase()),
                None => name.eq_ignore_ascii_case(host),
            }
        })
    }

    fn port(&self) -> &'c str {
        self.block.word(0).rsplit_once(':').map_or("*", |(_, port)| port)
    }

    fn is_encrypted(&self) -> bool {
        self.named("sslengine").any(|directive| directive.word(0).eq_ignore_ascii_case("on"))
    }

    fn named(&self, name: &'static str) -> impl Iterator<Item = &'c Directive> {
        self.block.block.iter().filter(move |directive| directive.name == name)
    }

    /// The directives of the virtual host, and then those beside it.
    fn all(&self) -> impl Iterator<Item = &'c Directive> {
        self.block.block.iter().chain(&self.config.directives)
    }
}
