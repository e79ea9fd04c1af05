//! Why there is no file, in words for whoever wrote the address.

use std::fmt::{self, Display};
use std::io;
use std::net::IpAddr;
use std::time::Duration;

use url::Url;

use super::proxy::ignored_proxy;

/// Why a file was not fetched, with the address it was fetched from.
#[derive(Debug, thiserror::Error)]
#[error("`{url}`{} {problem}", Via(reached.as_deref()))]
pub struct FetchError {
    /// The configured address, without a name and password.
    pub url: String,
    /// Where it had led to by then, if it redirects.
    pub reached: Option<String>,
    /// What is wrong.
    pub problem: Problem,
    /// The environment variable that names a proxy, which was not used and might have helped.
    pub ignored_proxy: Option<&'static str>,
}

/// What is wrong with an address, or with the server behind it. As a sentence, its subject is the address.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// It cannot be read.
    #[error("is no web address: {0}")]
    NotAnAddress(url::ParseError),
    /// It is not of the web.
    #[error("does not begin with `https://`")]
    Scheme,
    /// It is not encrypted, and that was not allowed.
    #[error("is not encrypted: it begins with `http://` instead of `https://`")]
    Unencrypted,
    /// It would send a secret.
    #[error("has a user name or a password in it")]
    Credentials,
    /// The server sends us elsewhere, and we do not go.
    #[error("redirects to `{to}`, which {reason}")]
    Redirect {
        /// Where to, in printable characters and without a password.
        to: String,
        /// Why we do not go.
        reason: Refusal,
    },
    /// The server sends us elsewhere, but not where.
    #[error("redirects, but does not say where to")]
    RedirectNowhere,
    /// The server sends us around.
    #[error("redirects more than {most} times")]
    TooManyRedirects {
        /// How many are followed.
        most: usize,
    },
    /// Its address is one that is not connected to.
    #[error("leads to {0}, {kind}", kind = if is_private(*.0) { "inside a private network" } else { "an address that is never that of a public server" })]
    OutOfReach(IpAddr),
    /// Its name has no address.
    #[error("is on a server that cannot be found: `{host}` is not a name the network knows")]
    NoSuchHost {
        /// The name.
        host: String,
    },
    /// There is no connection.
    #[error("cannot be reached: {0}")]
    Unreachable(io::Error),
    /// The connection is not secure.
    #[error("is on a server without a trusted secure connection: {0}")]
    Tls(String),
    /// It takes too long.
    #[error("{what} within {} s", most.as_secs_f64(), what = if *is_connected { "was not delivered" } else { "could not be connected to" })]
    Slow {
        /// Whether there was a connection.
        is_connected: bool,
        /// How long was waited.
        most: Duration,
    },
    /// There is no such file.
    #[error("is not there: the server answered {status}")]
    Missing {
        /// 404 or 410.
        status: u16,
    },
    /// The server did not want to, or could not.
    #[error("was not delivered: the server answered {status}{}", Asked(*asked))]
    Status {
        /// The status, any but 404 and 410.
        status: u16,
        /// How long it asked to be left alone.
        asked: Option<Duration>,
    },
    /// It is too large.
    #[error("is larger than {}", Size(*most))]
    TooLarge {
        /// How many bytes are read.
        most: usize,
    },
    /// What comes before the file is too large.
    #[error("was not delivered: the server's headers are too long")]
    HeadersTooLarge,
    /// It is compressed in a way we did not ask for and do not know, or wrongly.
    #[error("was sent in an encoding that cannot be read: `{0}`")]
    Encoding(String),
    /// The connection ended in the middle.
    #[error("broke off while it was fetched: {0}")]
    BrokeOff(io::Error),
    /// What answered is no web server, or a broken one.
    #[error("was answered by something that is no proper web server: {0}")]
    NotHttp(String),
}

/// Why a redirect is not followed. As a sentence, its subject is where it leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It cannot be read.
    #[error("is no web address")]
    NotAnAddress,
    /// It is not of the web.
    #[error("begins with neither `https://` nor `http://`")]
    Scheme,
    /// It gives up encryption.
    #[error("is not encrypted any more")]
    Unencrypted,
    /// It would send a secret.
    #[error("has a user name or a password in it")]
    Credentials,
}

impl FetchError {
    /// The configured address itself is at fault.
    pub(super) fn of(url: &str, problem: Problem) -> Self {
        let proxy = problem.may_be_for_want_of_a_proxy().then(ignored_proxy).flatten();
        FetchError { url: shown(url), reached: None, problem, ignored_proxy: proxy }
    }

    /// It came up at `url`, which `start` led to.
    pub(super) fn after(start: &Url, url: &Url, problem: Problem) -> Self {
        let reached = (start != url).then(|| shown(url.as_str()));
        FetchError { reached, ..FetchError::of(start.as_str(), problem) }
    }

    /// How to mend it, if that is known.
    #[must_use]
    pub fn hint(&self) -> Option<&'static str> {
        if self.ignored_proxy.is_some() {
            return Some(
                "the environment names a proxy, and rebrand uses none; fetch the picture by other means, and name \
                 the file instead of its address",
            );
        }
        self.problem.hint()
    }
}

impl Problem {
    /// How to mend it, if that is known.
    #[must_use]
    pub fn hint(&self) -> Option<&'static str> {
        let hint = match self {
            Problem::NotAnAddress(_) | Problem::Scheme => {
                "a web address looks like `https://example.org/logo.svg`"
            }
            Problem::Unencrypted => {
                "write `https://`; a picture that comes unencrypted can be changed on its way"
            }
            Problem::Credentials => "take them out; who may read the project could read them",
            Problem::Redirect { .. } => "open the address in a browser, and write the one it ends at",
            Problem::RedirectNowhere | Problem::NotHttp(_) | Problem::HeadersTooLarge => {
                "tell whoever runs the server"
            }
            Problem::TooManyRedirects { .. } => "the server sends in circles; tell whoever runs it",
            Problem::OutOfReach(address) if is_private(*address) => {
                "write the address it ends at; a redirect never leads into a private network"
            }
            Problem::OutOfReach(_) => "it is contacted only if private networks are allowed altogether",
            Problem::NoSuchHost { .. } => "look for a slip in the name, and whether this machine is online",
            Problem::Unreachable(_) => "see whether the server runs, and whether a firewall is in between",
            Problem::Tls(_) => {
                "a company's own authority must be among the system's certificates; also look at the clock"
            }
            Problem::Slow { .. } | Problem::BrokeOff(_) => {
                "try again later, or name a file instead of an address"
            }
            Problem::Missing { .. } => {
                "look for a slip in the address, or ask its owner where the picture went"
            }
            Problem::Status { status: 401 | 403, .. } => {
                "the picture must be readable by everybody, without a login"
            }
            Problem::Status { status: 429 | 500..=599, .. } => "try again later",
            Problem::TooLarge { .. } => "choose a smaller picture",
            Problem::Status { .. } | Problem::Encoding(_) => return None,
        };
        Some(hint)
    }

    fn may_be_for_want_of_a_proxy(&self) -> bool {
        matches!(
            self,
            Problem::NoSuchHost { .. } | Problem::Unreachable(_) | Problem::Slow { is_connected: false, .. }
        )
    }
}

/// `url` as it may be shown to anybody, on any terminal: printable, not too long, and without a name and password.
pub(super) fn shown(url: &str) -> String {
    let authority = url.find("//").map_or(0, |at| at + 2);
    let end = url[authority..].find(['/', '?', '#']).map_or(url.len(), |at| authority + at);
    let bare = url[authority..end].rfind('@').map_or(authority, |at| authority + at + 1);
    printable(&format!("{}{}", &url[..authority], &url[bare..]))
}

/// `text` of a stranger as it may be shown on any terminal.
pub(super) fn printable(text: &str) -> String {
    const LONGEST: usize = 200;
    let printable = |letter: char| if letter.is_control() { char::REPLACEMENT_CHARACTER } else { letter };
    let rest = if text.chars().nth(LONGEST).is_some() { "…" } else { "" };
    text.chars().take(LONGEST).map(printable).chain(rest.chars()).collect()
}

fn is_private(address: IpAddr) -> bool {
    super::address::kind(address) == super::address::Kind::Private
}

struct Via<'a>(Option<&'a str>);

impl Display for Via<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.map_or(Ok(()), |reached| write!(out, ", which led to `{reached}`,"))
    }
}

struct Asked(Option<Duration>);

impl Display for Asked {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.map_or(Ok(()), |asked| write!(out, " and asked to be left alone for {} s", asked.as_secs()))
    }
}

struct Size(usize);

impl Display for Size {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 >> 20 {
            0 => write!(out, "{} bytes", self.0),
            whole => write!(out, "{whole} MiB"),
        }
    }
}
