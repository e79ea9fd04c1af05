//! One request, from its address to what is sent.

use super::expand::Variables;
use super::location::{self, Match};
use super::manner::{effective, manner};
use super::rewrite::{Flow, State, rewrite};
use super::{Directive, Server};
use crate::fault::Place;
use crate::webserver::{Answer, Disk, Kind, MOST_TURNS, Manner, Served, tidied};

/// The folder that relative paths of `root` and `alias` begin in, as Debian builds nginx.
const PREFIX: &str = "/usr/share/nginx/";

/// Directives that hand the request to somebody else.
const PROXIES: [&str; 6] =
    ["proxy_pass", "fastcgi_pass", "uwsgi_pass", "scgi_pass", "grpc_pass", "memcached_pass"];

/// What makes content in ways that are not followed here, by the start of its name.
const OTHERS: [&str; 9] = [
    "content_by_lua",
    "rewrite_by_lua",
    "access_by_lua",
    "js_content",
    "perl",
    "echo",
    "empty_gif",
    "stub_status",
    "random_index",
];

/// A request on its way.
pub(super) struct Request<'r> {
    server: Server<'r>,
    disk: &'r Disk<'r>,
    state: State,
    /// The locations that it is in, from the outermost in.
    path: Vec<&'r Directive>,
    is_internal: bool,
}

/// What comes next.
enum Next {
    Decided(Answer, Option<Place>),
    /// A location is looked for, for the address as it is now.
    Locate,
    /// The named location.
    Named(String, Place),
}

impl<'r> Request<'r> {
    pub(super) fn new(server: Server<'r>, disk: &'r Disk<'r>, host: &str, path: &str) -> Self {
        let variables = Variables::new(host, path, server.is_encrypted());
        let state = State { uri: path.to_owned(), variables, inside: None };
        Request { server, disk, state, path: Vec::new(), is_internal: false }
    }

    /// What is sent.
    pub(super) fn served(mut self) -> Served {
        let mut next = match rewrite(&self.server.block.block, &mut self.state) {
            Flow::Done(answer, by) => Next::Decided(answer, Some(by)),
            Flow::On | Flow::Stay | Flow::Again => Next::Locate,
        };
        for _ in 0..MOST_TURNS {
            next = match next {
                Next::Decided(answer, by) => return self.decided(answer, by),
                Next::Locate => self.locate(),
                Next::Named(name, by) => self.enter_named(&name, by),
            };
        }
        self.decided(Answer::Unknown("the server sends the request round in circles".into()), None)
    }

    fn decided(&self, answer: Answer, by: Option<Place>) -> Served {
        let manner = match &answer {
            Answer::File(path) => manner(&self.scope(), path),
            _ => Manner::default(),
        };
        Served { answer, by, manner }
    }

    /// The blocks that the request is in, from `http` in.
    fn scope(&self) -> Vec<&'r [Directive]> {
        let outer = [self.server.http, self.server.block.block.as_slice()];
        outer.into_iter().chain(self.path.iter().map(|location| location.block.as_slice())).collect()
    }

    /// The directives of the innermost block alone.
    fn innermost(&self) -> &'r [Directive] {
        self.path.last().map_or(self.server.block.block.as_slice(), |location| location.block.as_slice())
    }

    fn own(&self, name: &str) -> Option<&'r Directive> {
        self.innermost().iter().find(|directive| directive.name == name)
    }

    fn locate(&mut self) -> Next {
        let located = match location::locate(&self.server.block.block, &self.state.uri) {
            Ok(located) => located,
            Err(reason) => return Next::Decided(Answer::Unknown(reason), None),
        };
        self.path = located.path;
        if let Some(captures) = located.captures {
            self.state.variables.take(captures);
        }
        if let Some(internal) = self.own("internal").filter(|_| !self.is_internal) {
            return Next::Decided(Answer::Status(404), Some(internal.place.clone()));
        }
        self.enter()
    }

    fn enter_named(&mut self, name: &str, by: Place) -> Next {
        let Some(named) = location::named(&self.server.block.block, name) else {
            return Next::Decided(Answer::Unknown(format!("there is no location `{name}`")), Some(by));
        };
        self.path = vec![named];
        self.enter()
    }

    /// Goes through the phases of the location.
    fn enter(&mut self) -> Next {
        self.is_internal = true;
        let flow = if self.path.is_empty() { Flow::On } else { rewrite(self.innermost(), &mut self.state) };
        match flow {
            Flow::Done(answer, by) => return Next::Decided(answer, Some(by)),
            Flow::Again => return Next::Locate,
            Flow::On | Flow::Stay => {}
        }
        if let Some(by) = self.state.inside.take() {
            let reason = "an `if` that holds has directives that nginx treats in ways of its own";
            return Next::Decided(Answer::Unknown(reason.into()), Some(by));
        }
        self.try_files().unwrap_or_else(|| self.content())
    }

    /// What `try_files` leads to; nothing if the location has none, or it only chose the address.
    fn try_files(&mut self) -> Option<Next> {
        let directive = self.own("try_files")?;
        let by = directive.place.clone();
        let (last, tried) = directive.words.split_last()?;
        for name in tried {
            let name = match self.state.variables.expand(name, &self.state.uri) {
                Ok(name) => name,
                Err(reason) => return Some(Next::Decided(Answer::Unknown(reason), Some(by))),
            };
            let path = match self.mapped(&name) {
                Ok((path, _)) => path,
                Err(reason) => return Some(Next::Decided(Answer::Unknown(reason), Some(by))),
            };
            let wanted = if name.ends_with('/') { Kind::Folder } else { Kind::File };
            if (self.disk.stands)(path.trim_end_matches('/')) == Some(wanted) {
                name.strip_suffix('/').unwrap_or(&name).clone_into(&mut self.state.uri);
                return None;
            }
        }
        Some(self.sent_on(last, by))
    }

    /// Where the last word of `try_files`, or a page of `error_page`, leads.
    fn sent_on(&mut self, to: &str, by: Place) -> Next {
        if let Some(code) = to.strip_prefix('=') {
            return Next::Decided(Answer::Status(code.parse().unwrap_or(404)), Some(by));
        }
        if to.starts_with('@') {
            return Next::Named(to.to_owned(), by);
        }
        match self.state.variables.expand(to, &self.state.uri) {
            Ok(to) if to.contains("://") => Next::Decided(Answer::Redirect(to), Some(by)),
            Ok(to) => {
                to.split('?').next().unwrap_or_default().clone_into(&mut self.state.uri);
                Next::Locate
            }
            Err(reason) => Next::Decided(Answer::Unknown(reason), Some(by)),
        }
    }

    fn content(&mut self) -> Next {
        for directive in self.innermost() {
            let by = Some(directive.place.clone());
            if PROXIES.contains(&directive.name.as_str()) {
                return Next::Decided(Answer::Proxied(directive.word(0).to_owned()), by);
            }
            if OTHERS.iter().any(|other| directive.name.starts_with(other)) {
                let reason = format!("`{}` makes the answer", directive.name);
                return Next::Decided(Answer::Unknown(reason), by);
            }
        }
        let (path, by) = match self.mapped(&self.state.uri) {
            Ok(mapped) => mapped,
            Err(reason) => return Next::Decided(Answer::Unknown(reason), None),
        };
        if self.state.uri.ends_with('/') {
            return self.index(&path, by);
        }
        match (self.disk.stands)(path.trim_end_matches('/')) {
            // A path that ends in `/` is no file to the system.
            Some(Kind::File) if !path.ends_with('/') => Next::Decided(Answer::File(path), by),
            Some(Kind::Folder) => Next::Decided(Answer::Redirect(format!("{}/", self.state.uri)), by),
            Some(Kind::File) | None => self.missing(path, by),
        }
    }

    /// The page of a folder.
    fn index(&mut self, folder: &str, by: Option<Place>) -> Next {
        let index = effective(&self.scope(), "index");
        let pages =
            index.map_or(vec!["index.html"], |index| index.words.iter().map(String::as_str).collect());
        for page in pages {
            let page = match self.state.variables.expand(page, &self.state.uri) {
                Ok(page) => page,
                Err(reason) => return Next::Decided(Answer::Unknown(reason), by),
            };
            if page.starts_with('/') {
                self.state.uri = page;
                return Next::Locate;
            }
            if self.disk.is_file(&tidied(&format!("{folder}/{page}"))) {
                self.state.uri.push_str(&page);
                return Next::Locate;
            }
        }
        let lists = effective(&self.scope(), "autoindex").filter(|autoindex| autoindex.word(0) == "on");
        if !self.disk.is_folder(folder.trim_end_matches('/')) {
            return self.missing(folder.to_owned(), by);
        }
        let answer =
            lists.map_or(Answer::Status(403), |_| Answer::Unknown("the folder's list is sent".into()));
        Next::Decided(answer, by)
    }

    /// What is sent when the file is not there.
    fn missing(&mut self, path: String, by: Option<Place>) -> Next {
        let scope = self.scope();
        let level = scope.iter().rev().find(|level| level.iter().any(|d| d.name == "error_page"));
        let pages = level.into_iter().flat_map(|level| level.iter()).filter(|d| d.name == "error_page");
        let page = pages.filter(|page| page.words.iter().any(|word| word == "404")).find_map(|page| {
            // Without `=` the page is sent with the status 404.
            let changes = page.words.iter().any(|word| word.starts_with('='));
            page.words.last().filter(|_| changes).map(|to| (to, page.place.clone()))
        });
        match page {
            Some((to, by)) => self.sent_on(to, by),
            None => Next::Decided(Answer::Missing(path), by),
        }
    }

    /// The file of the address `uri` by the innermost `root` or `alias`, and that directive.
    fn mapped(&self, uri: &str) -> Result<(String, Option<Place>), String> {
        let outer = [(self.server.http, None), (self.server.block.block.as_slice(), None)];
        let inner = self.path.iter().map(|location| (location.block.as_slice(), Some(*location)));
        let levels: Vec<_> = outer.into_iter().chain(inner).collect();
        let is_one = |directive: &&Directive| matches!(directive.name.as_str(), "root" | "alias");
        for (directives, location) in levels.into_iter().rev() {
            let Some(directive) = directives.iter().rfind(is_one) else { continue };
            let base = self.state.variables.expand(directive.word(0), &self.state.uri)?;
            let base = if base.starts_with('/') { base } else { format!("{PREFIX}{base}") };
            let path = match location.filter(|_| directive.name == "alias").map(Match::of) {
                None => format!("{}{uri}", base.trim_end_matches('/')),
                Some(Match::Exact(prefix) | Match::Prefix { prefix, .. }) => {
                    format!("{base}{}", uri.strip_prefix(prefix).unwrap_or(""))
                }
                Some(Match::Pattern { .. }) => base,
                Some(Match::Named(name)) => {
                    return Err(format!("`alias` in `{name}` is nothing nginx takes"));
                }
            };
            return Ok((tidied(&path), Some(directive.place.clone())));
        }
        Ok((tidied(&format!("{PREFIX}html{uri}")), None))
    }
}
