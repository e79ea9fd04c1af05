//! The network: the one place that uses it, to fetch a source picture for `lock`, and what a visitor gets for `check`.
//!
//! Promises that every fetch ends, in bounded time and memory; that redirects lead neither out of encryption nor into
//! a network that the configured address is not itself in; and that no name, password, cookie or proxy is used. Says
//! nothing about what the bytes are: whether they are a picture is for others to find out.
//!
//! A proxy named by the environment is left alone on purpose: it would look up the names itself, so the check of the
//! addresses would say nothing. `ignored_proxy` tells of it, and so does the hint of an error it may explain.

mod address;
mod body;
mod error;
mod failure;
mod guard;
mod hop;
mod proxy;
mod redirect;
mod retry;
mod visit;

use std::time::{Duration, Instant};

use url::Url;

pub use error::{FetchError, Problem, Refusal};
pub use proxy::ignored_proxy;
pub use visit::{Reply, Visit};

use guard::Reach;
use hop::{Answer, Hop};

/// What the owner allows beyond public servers and encryption.
#[derive(Debug, Clone, Default)]
pub struct Policy {
    /// Whether any address may be contacted, also those of the machine itself, of the local link and of clouds' data.
    /// Without it, private addresses are for the configured host only.
    pub allow_private_network: bool,
    /// Whether the configured address may begin with `http://`.
    pub allow_http: bool,
    /// Whether a person named the address for this one time, to see what its server says to any visitor. Its very
    /// origin may then be in any network; all else has to be public and encrypted.
    pub visits: bool,
    /// How much of everything; only tests have others than the default.
    #[doc(hidden)]
    pub limits: Limits,
}

impl Policy {
    /// What is asked for: a picture for the brand, or whatever a visitor's browser asks for.
    fn accepts(&self) -> &'static str {
        if self.visits { "*/*" } else { "image/*" }
    }
}

/// What ends a fetch.
#[doc(hidden)]
#[derive(Debug, Clone)]
pub struct Limits {
    /// For looking up the name, and again for connecting with TLS.
    pub connect: Duration,
    /// For one try, over all its redirects.
    pub total: Duration,
    /// Bytes of the file, as sent and as decoded.
    pub bytes: usize,
    /// Redirects that are followed.
    pub redirects: usize,
    /// Tries in all.
    pub tries: u32,
    /// The pause before the second try; each later one is twice as long.
    pub pause: Duration,
    /// The longest pause that a server may ask for; if it asks for more, there is no further try.
    pub longest_pause: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            connect: Duration::from_secs(5),
            total: Duration::from_secs(30),
            bytes: 8 << 20,
            redirects: 5,
            tries: 3,
            pause: Duration::from_millis(500),
            longest_pause: Duration::from_secs(10),
        }
    }
}

/// What the server said of the file when it was last fetched.
#[derive(Debug, Clone, Copy, Default)]
pub struct Known<'a> {
    /// Its `ETag`.
    pub etag: Option<&'a str>,
    /// Its `Last-Modified`.
    pub last_modified: Option<&'a str>,
}

/// What came of it.
#[derive(Debug)]
pub enum Fetched {
    /// The server says that the file is still the known one.
    Unchanged,
    /// The file.
    Bytes {
        /// Its bytes, decoded if they were sent compressed. At most 8 MiB.
        bytes: Vec<u8>,
        /// What to ask with the next time, word for word.
        etag: Option<String>,
        /// What to ask with the next time, word for word.
        last_modified: Option<String>,
        /// What the server thinks it is: a hint, no more.
        content_type: Option<String>,
        /// Where it was in the end, after all redirects.
        final_url: String,
        /// The headers by which caches and servers show themselves, with their names in small letters.
        traces: Vec<(&'static str, String)>,
    },
}

/// Fetches the file at `url`, unless it is still the one that is `known`.
///
/// `progress` is told how many bytes have come, and of how many if the server says so; a further try begins at 0.
///
/// # Errors
/// When there is no file, or it may not be had. Only what may pass is tried again, thrice in all: a server that cannot
/// be reached or breaks off, and the statuses 429 and 5xx.
pub fn fetch(
    url: &str,
    policy: &Policy,
    known: Known<'_>,
    progress: &mut dyn FnMut(u64, Option<u64>),
) -> Result<Fetched, FetchError> {
    let start = redirect::configured(url, policy).map_err(|problem| FetchError::of(url, problem))?;
    let mut tries = 1;
    loop {
        match attempt(&start, policy, known, progress) {
            Err(failed) => match retry::pause(&failed.problem, tries, &policy.limits) {
                Some(pause) => std::thread::sleep(pause),
                None => return Err(failed),
            },
            done => return done,
        }
        tries += 1;
    }
}

/// One try: the configured address, and where it redirects to.
fn attempt(
    start: &Url,
    policy: &Policy,
    known: Known<'_>,
    progress: &mut dyn FnMut(u64, Option<u64>),
) -> Result<Fetched, FetchError> {
    let deadline = Instant::now() + policy.limits.total;
    let mut url = start.clone();
    let mut was_public = false;
    for _ in 0..=policy.limits.redirects {
        let at = |problem| FetchError::after(start, &url, problem);
        let reach = reach(policy, start, &url, was_public);
        let hop = Hop { url: &url, reach, accept: policy.accepts(), known, limits: &policy.limits, deadline };
        let (answer, is_public) = hop::ask(&hop).map_err(at)?;
        was_public |= is_public;
        match answer {
            Answer::Unchanged => return Ok(Fetched::Unchanged),
            Answer::File(file) => {
                return body::read(file, &url, &policy.limits, progress).map_err(at);
            }
            Answer::Redirect(location) => {
                let next = redirect::next(&url, &location).map_err(at)?;
                if policy.visits && next.origin() != start.origin() {
                    redirect::encrypted(&next).map_err(at)?;
                }
                url = next;
            }
        }
    }
    let most = policy.limits.redirects;
    Err(FetchError::of(start.as_str(), Problem::TooManyRedirects { most }))
}

/// What may be connected to. A server of a private network may redirect within itself; one of the public network gets
/// nobody into a private one, not even under the configured name.
fn reach(policy: &Policy, start: &Url, url: &Url, was_public: bool) -> Reach {
    if policy.allow_private_network || (policy.visits && start.origin() == url.origin()) {
        Reach::Everything
    } else if policy.visits {
        Reach::Public
    } else if start.host() == url.host() && !was_public {
        Reach::Private
    } else {
        Reach::Public
    }
}

#[cfg(test)]
mod tests {
    use super::{Policy, Reach, Url, reach};

    /// Public servers cannot be contacted in a test, so what follows from having met one is asked here.
    #[test]
    fn private_addresses_are_for_the_configured_host_until_a_public_one_is_met() {
        let start = Url::parse("https://brand.example/logo.svg").unwrap();
        let same = Url::parse("https://BRAND.example:8443/x").unwrap();
        let other = Url::parse("https://brand.example.org/logo.svg").unwrap();
        let policy = Policy::default();
        assert_eq!(reach(&policy, &start, &start, false), Reach::Private);
        assert_eq!(reach(&policy, &start, &same, false), Reach::Private);
        assert_eq!(reach(&policy, &start, &same, true), Reach::Public);
        assert_eq!(reach(&policy, &start, &other, false), Reach::Public);
        let policy = Policy { visits: true, ..policy };
        assert_eq!(reach(&policy, &start, &start, true), Reach::Everything);
        assert_eq!(reach(&policy, &start, &same, false), Reach::Public, "another port is another origin");
        let policy = Policy { allow_private_network: true, ..policy };
        assert_eq!(reach(&policy, &start, &other, true), Reach::Everything);
    }
}
