//! One request to one address: what is asked, and what the answer is.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Instant, SystemTime};

use ureq::http::header::{
    ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_TYPE, ETAG, HeaderName, HeaderValue, IF_MODIFIED_SINCE,
    IF_NONE_MATCH, LAST_MODIFIED, LOCATION, RETRY_AFTER,
};
use ureq::http::{HeaderMap, Response};
use ureq::tls::{RootCerts, TlsConfig};
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Body};
use url::Url;

use super::error::Problem;
use super::guard::{Guard, Reach};
use super::{Known, Limits, failure, retry};

/// The longest header that is kept, in bytes. An `ETag` of more than that is none of use.
const LONGEST_HEADER: usize = 1024;

/// One request.
pub(super) struct Hop<'a> {
    pub(super) url: &'a Url,
    pub(super) reach: Reach,
    pub(super) accept: &'a str,
    pub(super) known: Known<'a>,
    pub(super) limits: &'a Limits,
    pub(super) deadline: Instant,
}

/// What the server says.
pub(super) enum Answer {
    /// The file is the known one.
    Unchanged,
    /// It is elsewhere: the header `Location`.
    Redirect(Vec<u8>),
    /// It comes.
    File(File),
}

/// A file whose bytes are still to come.
pub(super) struct File {
    pub(super) body: Body,
    pub(super) encoding: Option<HeaderValue>,
    pub(super) etag: Option<String>,
    pub(super) last_modified: Option<String>,
    pub(super) content_type: Option<String>,
    pub(super) traces: Vec<(&'static str, String)>,
}

/// Asks for the file, and tells whether a public address was met.
pub(super) fn ask(hop: &Hop<'_>) -> Result<(Answer, bool), Problem> {
    let (guard, met_public) = Guard::new(hop.reach);
    let request = agent(hop, guard).get(hop.url.as_str()).header(ACCEPT_ENCODING, "identity");
    let validators = [(IF_NONE_MATCH, hop.known.etag), (IF_MODIFIED_SINCE, hop.known.last_modified)];
    // What a lock file cannot have got from us is not sent: then the file comes whole.
    let validators = validators.into_iter().filter_map(|(name, value)| Some((name, header(value?)?)));
    let (asked, request) =
        validators.fold((false, request), |(_, request), (name, value)| (true, request.header(name, value)));
    let response = request.call().map_err(|error| failure::problem(error, hop.url, hop.limits))?;
    let answer = answer(response, asked)?;
    Ok((answer, met_public.load(Ordering::Relaxed)))
}

/// A client for one request: no redirects, no proxy, nothing kept.
fn agent(hop: &Hop<'_>, guard: Guard) -> Agent {
    let crypto = Arc::new(rustls::crypto::ring::default_provider());
    let tls = TlsConfig::builder()
        .root_certs(RootCerts::PlatformVerifier)
        .unversioned_rustls_crypto_provider(crypto)
        .build();
    let config = Agent::config_builder()
        .tls_config(tls)
        .https_only(hop.url.scheme() == "https")
        .proxy(None)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .http_status_as_error(false)
        .max_idle_connections(0)
        .timeout_global(Some(hop.deadline.saturating_duration_since(Instant::now())))
        .timeout_resolve(Some(hop.limits.connect))
        .timeout_connect(Some(hop.limits.connect))
        .user_agent(concat!("rebrand/", env!("CARGO_PKG_VERSION")))
        .accept(hop.accept)
        .build();
    Agent::with_parts(config, DefaultConnector::default(), guard)
}

fn header(value: &str) -> Option<HeaderValue> {
    let is_sound = !value.is_empty() && value.len() <= LONGEST_HEADER;
    HeaderValue::from_str(value).ok().filter(|value| is_sound && value.to_str().is_ok())
}

fn answer(response: Response<Body>, asked: bool) -> Result<Answer, Problem> {
    let headers = response.headers();
    match response.status().as_u16() {
        200 => Ok(Answer::File(File {
            encoding: headers.get(CONTENT_ENCODING).cloned(),
            etag: text(headers, &ETAG),
            last_modified: text(headers, &LAST_MODIFIED),
            content_type: text(headers, &CONTENT_TYPE),
            traces: traces(headers),
            body: response.into_body(),
        })),
        304 if asked => Ok(Answer::Unchanged),
        301 | 302 | 303 | 307 | 308 => {
            let location = headers.get(LOCATION).ok_or(Problem::RedirectNowhere)?;
            Ok(Answer::Redirect(location.as_bytes().to_owned()))
        }
        status @ (404 | 410) => Err(Problem::Missing { status }),
        status => {
            let asked = text(headers, &RETRY_AFTER).and_then(|value| retry::asked(&value, SystemTime::now()));
            Err(Problem::Status { status, asked })
        }
    }
}

/// The headers by which caches and servers show themselves.
const TRACES: [&str; 7] =
    ["age", "x-cache", "x-cache-status", "cf-cache-status", "x-proxy-cache", "cache-control", "server"];

fn traces(headers: &HeaderMap) -> Vec<(&'static str, String)> {
    let trace = |name: &'static str| Some((name, text(headers, &HeaderName::from_static(name))?));
    TRACES.into_iter().filter_map(trace).collect()
}

fn text(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    let value = headers.get(name)?.to_str().ok()?;
    (!value.is_empty() && value.len() <= LONGEST_HEADER).then(|| value.to_owned())
}
