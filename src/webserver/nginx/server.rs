//! One `server` block, and which of them answers for a host.

use super::Directive;
use super::request::Request;
use crate::webserver::{Disk, Served, pattern};

/// A `server` block of the configuration.
#[derive(Clone, Copy, Debug)]
pub struct Server<'c> {
    /// What stands in `http` beside it, which it inherits.
    pub(super) http: &'c [Directive],
    /// The block.
    pub(super) block: &'c Directive,
}

impl<'c> Server<'c> {
    /// The block itself.
    #[must_use]
    pub fn block(&self) -> &'c Directive {
        self.block
    }

    /// Its names.
    pub fn names(&self) -> impl Iterator<Item = &'c str> {
        let names = self.directives("server_name").flat_map(|directive| &directive.words);
        names.map(String::as_str)
    }

    /// Whether it answers for `host` by one of its names, and not only because nobody else does.
    #[must_use]
    pub fn is_named(&self, host: &str) -> bool {
        self.names().any(|name| fit(name, host).is_some())
    }

    /// Whether it encrypts on one of its ports.
    #[must_use]
    pub fn is_encrypted(&self) -> bool {
        let is_on = |directive: &Directive| directive.word(0) == "on";
        self.directives("ssl").any(is_on)
            || self.directives("listen").any(|listen| listen.words.iter().any(|word| word == "ssl"))
    }

    /// What it would send to who asks for `path` of `host`, such as `/title.html`.
    #[must_use]
    pub fn serve(&self, disk: &Disk, host: &str, path: &str) -> Served {
        Request::new(*self, disk, host, path).served()
    }

    pub(super) fn directives(&self, name: &'static str) -> impl Iterator<Item = &'c Directive> {
        self.block.block.iter().filter(move |directive| directive.name == name)
    }

    /// The ports that it listens on, and whether it is the default there.
    fn ports(&self) -> Vec<(&'c str, bool)> {
        let listen: Vec<(&str, bool)> = self.directives("listen").map(port).collect();
        if listen.is_empty() { vec![("80", false)] } else { listen }
    }
}

fn port(listen: &Directive) -> (&str, bool) {
    let address = listen.word(0);
    let is_default = listen.words.iter().any(|word| word == "default_server" || word == "default");
    let port = match address.rsplit_once(':') {
        Some((_, port)) if !port.contains(']') => port,
        _ if address.chars().all(|digit| digit.is_ascii_digit()) => address,
        _ => "80",
    };
    (port, is_default)
}

/// For each port the server that answers for `host`, those that encrypt first, none twice.
pub(super) fn chosen<'c>(servers: &[Server<'c>], host: &str) -> Vec<Server<'c>> {
    let mut ports: Vec<&str> = servers.iter().flat_map(Server::ports).map(|(port, _)| port).collect();
    ports.sort_unstable();
    ports.dedup();
    let mut found: Vec<Server> = Vec::new();
    for server in ports.iter().filter_map(|port| on_port(servers, port, host)) {
        if !found.iter().any(|other| std::ptr::eq(other.block, server.block)) {
            found.push(server);
        }
    }
    found.sort_by_key(|server| !server.is_encrypted());
    found
}

/// Who answers for `host` on `port`: the best name, else the default, else the first.
fn on_port<'c>(servers: &[Server<'c>], port: &str, host: &str) -> Option<Server<'c>> {
    let listens = |server: &&Server| server.ports().iter().any(|(other, _)| *other == port);
    let here: Vec<&Server<'c>> = servers.iter().filter(listens).collect();
    let named = here.iter().enumerate().filter_map(|(order, server)| {
        let best = server.names().filter_map(|name| fit(name, host)).max()?;
        Some(((best, std::cmp::Reverse(order)), *server))
    });
    let named = named.max_by_key(|(fit, _)| *fit).map(|(_, server)| server);
    let default = || here.iter().find(|server| server.ports().contains(&(port, true))).copied();
    named.or_else(default).or(here.first().copied()).copied()
}

/// How well a name of a server fits `host`: an exact name best, then `*.` the longest, `.*` the longest, a pattern.
fn fit(name: &str, host: &str) -> Option<(u8, usize)> {
    let (name, host) = (name.to_ascii_lowercase(), host.to_ascii_lowercase());
    let length = name.len();
    if let Some(pattern) = name.strip_prefix('~') {
        return pattern::find(pattern, true, &host).ok().flatten().map(|_| (1, 0));
    }
    if name == host {
        return Some((4, length));
    }
    if let Some(end) = name.strip_prefix('.') {
        let rest = host.strip_suffix(end)?;
        return (rest.is_empty() || rest.ends_with('.'))
            .then_some((if rest.is_empty() { 4 } else { 3 }, length));
    }
    if let Some(end) = name.strip_prefix('*') {
        return host.strip_suffix(end).filter(|rest| !rest.is_empty()).map(|_| (3, length));
    }
    let start = name.strip_suffix('*')?;
    host.strip_prefix(start).filter(|rest| !rest.is_empty()).map(|_| (2, length))
}

#[cfg(test)]
mod tests {
    use super::fit;

    #[test]
    fn names_fit_as_nginx_says() {
        let best = |names: &[&str]| {
            names
                .iter()
                .copied()
                .max_by_key(|name| fit(name, "meet.example.org").unwrap_or((0, 0)))
                .unwrap()
                .to_owned()
        };
        assert_eq!(best(&["*.example.org", "meet.example.org"]), "meet.example.org");
        assert_eq!(best(&["meet.*", "*.example.org", "*.org"]), "*.example.org");
        assert_eq!(best(&["~^meet", "meet.*"]), "meet.*");
        assert_eq!(fit("*.example.org", "example.org"), None);
        assert!(fit(".example.org", "example.org").is_some());
        assert_eq!(fit("_", "meet.example.org"), None);
    }
}
