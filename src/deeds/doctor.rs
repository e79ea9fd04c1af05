//! `doctor`: what is wrong around a site. Reads, and writes nothing.

use std::collections::BTreeSet;

use super::open::{Context, Trouble, open};
use super::project::find;
use crate::doctor::{self, Problem, Question, Reader, Rights, Way, unreadable};
use crate::fault::{Fault, Finding, Level};
use crate::host::{self, Root};
use crate::path::SitePath;
use crate::plan::Plan;
use crate::site::{HOST_SUFFIX, HOSTS, Shipped, Site, WEB};
use crate::webserver::{Answer, Disk, Kind, Served, apache, nginx};

/// What was found.
pub struct Diagnosis {
    /// What is sent for each address that was asked for.
    pub sent: Vec<Sent>,
    /// What is wrong, the worst first.
    pub problems: Vec<Problem>,
}

/// What a web server sends for an address.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Sent {
    /// The web server.
    pub server: String,
    /// The host.
    pub host: String,
    /// The path of the address.
    pub address: String,
    /// What is sent.
    pub answer: Answer,
}

/// Pages, scripts and pictures that a brand is written to, below the web client.
const BRANDED: [&str; 14] = [
    "index.html",
    "interface_config.js",
    "title.html",
    "head.html",
    "plugin.head.html",
    "body.html",
    "manifest.json",
    "favicon.ico",
    "images/favicon.ico",
    "images/favicon.svg",
    "images/watermark.svg",
    "images/watermark.png",
    "images/apple-touch-icon.png",
    "static/close2.html",
];

/// Folders of other tools, and how deeply they are looked through.
const TOOLS: [(&str, usize); 12] = [
    ("/etc/cron.d", 0),
    ("/etc/cron.daily", 0),
    ("/etc/cron.hourly", 0),
    ("/etc/cron.weekly", 0),
    ("/etc/cron.monthly", 0),
    ("/var/spool/cron/crontabs", 0),
    ("/etc/apt/apt.conf.d", 0),
    ("/etc/systemd/system", 1),
    ("/usr/local/bin", 0),
    ("/usr/local/sbin", 0),
    ("/etc/ansible", 5),
    ("/etc/letsencrypt/renewal-hooks", 2),
];

/// Looks for problems below the root of `context`; needs no project, and looks at one that is named.
///
/// # Errors
/// When the site cannot be read.
pub fn doctor(context: &Context) -> Result<Diagnosis, Trouble> {
    let root = Root::open(&context.root)?;
    let mut found = Diagnosis { sent: Vec::new(), problems: project(context) };
    let site = match host::survey(&root, std::iter::empty()) {
        // That may be why somebody asks: what leads dpkg astray is told beside it.
        Err(lost @ host::Error::NotWhole(_)) => {
            found.problems.push(stopped(&lost));
            host::survey_remains(&root, std::iter::empty())?
        }
        site => site?,
    };
    let written: Vec<SitePath> =
        host::receipt(&root)?.into_iter().flat_map(|receipt| receipt.files.into_keys()).collect();
    let files = |pattern: &str| root.matching(pattern);
    let stands = |path: &str| {
        root.standing(path).map(|standing| if standing.is_folder { Kind::Folder } else { Kind::File })
    };
    let look = Look { root: &root, site: &site, written, disk: Disk { files: &files, stands: &stands } };
    found.problems.extend(look.missing());
    look.servers(&mut found);
    found.problems.extend(look.tools());
    found.problems.sort_by_key(|problem| problem.level);
    found.problems.dedup();
    Ok(found)
}

/// What is wrong with the project, such as a font that a drawing misses; nothing if there is none.
fn project(context: &Context) -> Vec<Problem> {
    if find(context).is_err() {
        return Vec::new();
    }
    let faults = match open(context) {
        Err(Trouble::Faults(faults)) => faults,
        Err(Trouble::Host(error)) => return vec![stopped(&error)],
        Err(Trouble::Unreachable(_)) => return Vec::new(),
        Ok(opened) => return refusals(&opened.plan(), &opened.site),
    };
    let problem = |Fault { place, message, hint }: Fault| {
        Problem::new(Level::Error, message, CANNOT_APPLY, hint.unwrap_or_else(mend)).at(Some(&place))
    };
    faults.into_iter().map(problem).collect()
}

/// That `error` stops every run.
fn stopped(error: &host::Error) -> Problem {
    Problem::new(Level::Error, error.to_string(), CANNOT_APPLY, error.hint().unwrap_or_else(mend))
}

/// Why `plan` cannot be carried out. Diversions of others are told by their lines in dpkg's list.
fn refusals(plan: &Plan, site: &Site) -> Vec<Problem> {
    let is_told = |finding: &Finding| {
        plan.files.iter().any(|file| match site.found(&file.path).map(|found| &found.shipped) {
            Some(Shipped::Elsewhere(how)) if how.starts_with("is diverted") => {
                finding.message.starts_with(&format!("`{}` {how}", file.path))
            }
            _ => false,
        })
    };
    let errors = plan.findings.iter().filter(|finding| finding.level == Level::Error && !is_told(finding));
    let problem = |finding: &Finding| {
        let hint = finding.hint.clone().unwrap_or_else(mend);
        Problem::new(Level::Error, finding.message.clone(), CANNOT_APPLY, hint).at(finding.place.as_ref())
    };
    errors.map(problem).collect()
}

fn mend() -> String {
    "mend it in the project; `rebrand diff` tells when it is well".to_owned()
}

const CANNOT_APPLY: &str = "`apply` stops at it, and an upgrade leaves the site without the brand";

/// What is looked at.
struct Look<'l> {
    root: &'l Root,
    site: &'l Site,
    /// The files that an earlier run wrote.
    written: Vec<SitePath>,
    disk: Disk<'l>,
}

impl Look<'_> {
    /// Files of the brand that lead nowhere.
    fn missing(&self) -> Vec<Problem> {
        // nginx may take them from elsewhere.
        let served = |path: &SitePath| host::served(self.root, path).unwrap_or_else(|_| path.clone());
        let is_gone = |path: &&SitePath| self.root.standing(&format!("/{}", served(path))).is_none();
        let gone = self.written.iter().filter(is_gone).map(|path| format!("/{path}"));
        let problem = |name: String| {
            let what = format!("`{name}` is not there, or a link that leads nowhere");
            let why = "visitors get an error in its place";
            Problem::new(Level::Error, what, why, "`rebrand apply` puts the brand in force again")
        };
        gone.map(problem).collect()
    }

    /// What the web servers send.
    fn servers(&self, found: &mut Diagnosis) {
        let nginx = nginx::Config::read(&self.disk, nginx::MAIN);
        let apache =
            apache::MAIN.iter().find_map(|(main, folder)| apache::Config::read(&self.disk, main, folder));
        if nginx.is_none() && apache.is_none() {
            found.problems.push(no_server());
            return;
        }
        let faults = nginx.iter().flat_map(|config| &config.faults);
        let faults = faults.chain(apache.iter().flat_map(|config| &config.faults));
        found.problems.extend(faults.map(unread));
        let (mut is_nginx, mut is_apache) = (false, false);
        for host in self.site.hosts.iter().map(|host| host.name.as_str()) {
            let by_nginx = nginx.as_ref().is_some_and(|config| self.by_nginx(config, host, found));
            let by_apache = apache.as_ref().is_some_and(|config| self.by_apache(config, host, found));
            if !by_nginx && !by_apache {
                found.problems.push(no_block(host));
            } else if by_nginx && by_apache {
                found.problems.push(several(host));
            }
            is_nginx |= by_nginx;
            is_apache |= by_apache;
        }
        let users = nginx.iter().filter(|_| is_nginx).map(nginx::Config::user);
        let users = users.chain(apache.iter().filter(|_| is_apache).map(apache::Config::user));
        let users: BTreeSet<&str> = users.collect();
        for user in users {
            self.access(user, found);
        }
    }

    /// Whether nginx sends `host`, and what it sends.
    fn by_nginx(&self, config: &nginx::Config, host: &str, found: &mut Diagnosis) -> bool {
        let senders = config.senders_of(&self.disk, host);
        let is_there = |path: &str| (self.disk.stands)(path).is_some();
        for server in &senders {
            self.host("nginx", host, &|address| server.serve(&self.disk, host, address), found);
            for problem in doctor::overlays(server, &format!("/{WEB}"), &is_there) {
                add(&mut found.problems, problem);
            }
        }
        !senders.is_empty()
    }

    /// Whether Apache sends `host`, and what it sends.
    fn by_apache(&self, config: &apache::Config, host: &str, found: &mut Diagnosis) -> bool {
        let senders = config.senders_of(&self.disk, host);
        for server in &senders {
            self.host("Apache", host, &|address| server.serve(&self.disk, address), found);
        }
        !senders.is_empty()
    }

    /// What `web` sends for each address of `host`.
    fn host(&self, web: &str, host: &str, serve: &dyn Fn(&str) -> Served, found: &mut Diagnosis) {
        for (address, expected) in self.asked(host) {
            let served = serve(&address);
            let question = self.question((web, host), &address, &expected, &served);
            for problem in doctor::serving(&question) {
                add(&mut found.problems, problem);
            }
            let (web, host, answer) = (web.to_owned(), host.to_owned(), served.answer);
            add(&mut found.sent, Sent { server: web, host, address, answer });
        }
    }

    fn question<'q>(
        &self,
        (web, host): (&'q str, &'q str),
        address: &'q str,
        expected: &'q str,
        served: &'q Served,
    ) -> Question<'q> {
        let content = self.root.matching(expected).into_iter().next().map(|(_, content)| content);
        let is_page = expected.strip_suffix(".html").or(expected.strip_suffix(".js")).is_some();
        let resolved = self.root.resolved(expected);
        let is_same = |file: &str| resolved.is_some() && self.root.resolved(file) == resolved;
        Question {
            server: web,
            host,
            address,
            expected,
            served,
            has_includes: is_page
                && content.is_some_and(|content| memchr::memmem::find(&content, b"<!--#").is_some()),
            way: match resolved.as_deref() == Some(expected) {
                true => Way::Plain,
                false if self.root.has_links_of_others(expected) => Way::LinkedByOthers,
                false => Way::Linked,
            },
            is_same: matches!(&served.answer, Answer::File(file) if is_same(file)),
        }
    }

    /// The addresses that are asked for of `host`, and the file that each should be.
    fn asked(&self, host: &str) -> Vec<(String, String)> {
        let served = |path: String| {
            let place = SitePath::new(&path).ok().and_then(|path| host::served(self.root, &path).ok());
            place.map_or(path, |place| place.to_string())
        };
        let web = |name: &str| (format!("/{name}"), format!("/{}", served(format!("{WEB}/{name}"))));
        let config = format!("/{HOSTS}/{host}{HOST_SUFFIX}");
        let mut asked =
            vec![("/".to_owned(), format!("/{WEB}/index.html")), ("/config.js".to_owned(), config)];
        asked.extend(BRANDED.map(web));
        let below = self.written.iter().filter_map(|path| path.as_str().strip_prefix(WEB)?.strip_prefix('/'));
        asked.extend(below.map(web));
        asked.retain(|(_, expected)| (self.disk.stands)(expected) == Some(Kind::File));
        let mut seen = BTreeSet::new();
        asked.retain(|(address, _)| seen.insert(address.clone()));
        asked
    }

    /// What `user` cannot read.
    fn access(&self, user: &str, found: &mut Diagnosis) {
        let text = |path: &str| {
            let content = self.root.matching(path).into_iter().next().map(|(_, content)| content);
            content.map(|content| String::from_utf8_lossy(&content).into_owned()).unwrap_or_default()
        };
        let Some(reader) = Reader::find(user, &text("/etc/passwd"), &text("/etc/group")) else {
            let what = format!("the web server works as `{user}`, who is not in `/etc/passwd`");
            let why = "whether it may read the brand cannot be told";
            found.problems.push(Problem::new(
                Level::Warning,
                what,
                why,
                "look at `user` in its configuration",
            ));
            return;
        };
        let mut files: Vec<String> =
            self.site.hosts.iter().flat_map(|host| self.asked(&host.name)).map(|(_, file)| file).collect();
        files.sort_unstable();
        let stat = |path: &str| {
            let host::Standing { mode, owner, group, .. } = self.root.standing(path)?;
            Some(Rights { mode, owner, group })
        };
        let mut closed: Vec<Problem> = Vec::new();
        for file in files.iter().filter_map(|file| self.root.resolved(file)) {
            let problem = unreadable(&reader, &file, &stat);
            closed.extend(problem.filter(|one| closed.iter().all(|other| other.what != one.what)));
        }
        found.problems.extend(closed);
    }

    /// Who else touches the files of the brand.
    fn tools(&self) -> Vec<Problem> {
        let mut files: Vec<doctor::Found> =
            TOOLS.iter().flat_map(|(folder, depth)| self.root.below_folder(folder, *depth)).collect();
        for pattern in ["/etc/crontab", "/root/*.sh", "/root/*.yml", "/home/*/*.sh"] {
            files.extend(self.root.matching(pattern));
        }
        let mut problems = doctor::tools(&files);
        for (path, content) in self.root.matching("/var/lib/dpkg/diversions") {
            problems.extend(doctor::diversions(&path, &content, &|path| self.root.standing(path).is_some()));
        }
        for pattern in ["/etc/dpkg/dpkg.cfg", "/etc/dpkg/dpkg.cfg.d/*"] {
            problems.extend(doctor::excludes(&self.root.matching(pattern)));
        }
        for (path, content) in self.root.matching("/var/lib/dpkg/statoverride") {
            problems.extend(doctor::tools(&[(path, content)]));
        }
        if (self.disk.stands)("/etc/.git").is_some() && (self.disk.stands)("/etc/etckeeper").is_some() {
            let what = "etckeeper records `/etc/jitsi` in git";
            let why = "`etckeeper vcs checkout` brings old files of the brand back";
            problems.push(Problem::new(Level::Note, what, why, "run `rebrand apply` after going back in it"));
        }
        problems
    }
}

/// Adds `one`, unless another port of the host had it already.
fn add<T: PartialEq>(all: &mut Vec<T>, one: T) {
    if !all.contains(&one) {
        all.push(one);
    }
}

fn no_server() -> Problem {
    let what = "there is no web server here: neither nginx nor Apache is set up";
    let why = "whether visitors get the files of the brand cannot be told";
    Problem::new(Level::Warning, what, why, "look at the machine or container that serves them")
}

fn unread(fault: &Fault) -> Problem {
    let why = "the web server does not start with it, and what it sends is known in part";
    let hint = fault.hint.clone().unwrap_or_else(mend);
    Problem::new(Level::Error, fault.message.clone(), why, hint).at(Some(&fault.place))
}

fn several(host: &str) -> Problem {
    let what = format!("both nginx and Apache have `{host}`");
    let why = "only one of them can send it, and which one is known to the running machine alone";
    Problem::new(Level::Warning, what, why, "take it out of the `sites-enabled` of the other")
}

fn no_block(host: &str) -> Problem {
    let what = format!("no server block or virtual host sends `{host}`");
    let why = "visitors get another site, or this one through a server that is not looked at";
    let hint =
        "look for the name in the web server's files, and whether its file is linked in `sites-enabled`";
    Problem::new(Level::Error, what, why, hint)
}
