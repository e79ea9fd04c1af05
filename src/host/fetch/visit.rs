//! A visit to a site as any visitor makes it: whatever a path answers is told, also that it is not there.
//!
//! A person named the address for this one visit, so its own origin may be unencrypted and in any network. Nothing else
//! may: a redirect leads to public, encrypted addresses or nowhere.

use std::time::Duration;

use url::Url;

use super::error::{FetchError, Problem};
use super::{Fetched, Known, Limits, Policy, fetch, redirect};

/// A web server that a person named.
#[derive(Debug, Clone)]
pub struct Visit {
    url: Url,
    policy: Policy,
}

/// What a path answered.
#[derive(Debug)]
pub enum Reply {
    /// The bytes.
    Served {
        /// They themselves.
        bytes: Vec<u8>,
        /// What the server says that they are.
        content_type: Option<String>,
        /// The headers by which caches and servers show themselves.
        traces: Vec<(&'static str, String)>,
    },
    /// No file, but this status.
    Status(u16),
    /// Something that no browser would take either, or that is too large.
    Unusable(String),
}

impl Visit {
    /// A visit to the server of `address`. Whatever stands in it after the last slash is a meeting, and left out.
    ///
    /// # Errors
    /// When it is no address of the web.
    pub fn new(address: &str) -> Result<Self, FetchError> {
        let limits = Limits { total: Duration::from_secs(10), tries: 1, ..Limits::default() };
        let policy = Policy { visits: true, allow_http: true, limits, ..Policy::default() };
        let mut url =
            redirect::configured(address, &policy).map_err(|problem| FetchError::of(address, problem))?;
        url.set_query(None);
        let folder = url.path().rfind('/').map_or("/", |at| &url.path()[..=at]).to_owned();
        url.set_path(&folder);
        Ok(Visit { url, policy })
    }

    /// The name of the server.
    #[must_use]
    pub fn host(&self) -> &str {
        self.url.host_str().unwrap_or_default()
    }

    /// The visit below `base`, which a page gives to all that it names; none if that is another server's.
    #[must_use]
    pub fn below(&self, base: &str) -> Option<Self> {
        let mut url = self.url.join(base).ok().filter(|url| url.origin() == self.url.origin())?;
        url.set_query(None);
        url.set_fragment(None);
        let folder = url.path().rfind('/').map_or("/", |at| &url.path()[..=at]).to_owned();
        url.set_path(&folder);
        Some(Visit { url, policy: self.policy.clone() })
    }

    /// The address of `name`, which is relative to that of the server.
    #[must_use]
    pub fn address(&self, name: &str) -> String {
        let mut url = self.url.clone();
        url.set_path(&format!("{}{name}", self.url.path()));
        url.into()
    }

    /// The address that a page of this visit asks for by `reference`; none if that leads to another server.
    #[must_use]
    pub fn resolve(&self, reference: &str) -> Option<String> {
        let mut url = self.url.join(reference).ok().filter(|url| url.origin() == self.url.origin())?;
        url.set_fragment(None);
        Some(url.into())
    }

    /// What the server answers for `address`, which is one of this visit.
    ///
    /// # Errors
    /// When there is no server to answer.
    pub fn ask(&self, address: &str) -> Result<Reply, FetchError> {
        let fetched = fetch(address, &self.policy, Known::default(), &mut |_, _| {});
        match fetched.map_err(|error| (answered(&error.problem), error)) {
            Ok(Fetched::Bytes { bytes, content_type, traces, .. }) => {
                Ok(Reply::Served { bytes, content_type, traces })
            }
            Ok(Fetched::Unchanged) => Ok(Reply::Status(304)),
            Err((Some(answer), _)) => Ok(answer),
            Err((None, error)) => Err(error),
        }
    }
}

/// What `problem` is as an answer; none if nobody answered.
fn answered(problem: &Problem) -> Option<Reply> {
    match problem {
        Problem::Missing { status } | Problem::Status { status, .. } => Some(Reply::Status(*status)),
        Problem::Redirect { .. }
        | Problem::RedirectNowhere
        | Problem::TooManyRedirects { .. }
        | Problem::OutOfReach(_)
        | Problem::TooLarge { .. }
        | Problem::HeadersTooLarge
        | Problem::Encoding(_) => Some(Reply::Unusable(problem.to_string())),
        _ => None,
    }
}
