//! The network: every way a server can answer, and every address that is not to be contacted.
//!
//! The servers are made here and are on 127.0.0.1; nothing else is ever contacted. What is to end by a limit ends by
//! one that the test makes short; everything else has the time it needs.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod addresses;
mod answers;
mod attacks;
mod encryption;
mod proxies;
mod redirects;
mod retries;
mod server;

use std::time::Duration;

use rebrand::host::fetch::{FetchError, Fetched, Known, Limits, Policy, Problem, fetch};

/// Lets servers without encryption be asked, and is not long about a second try.
fn policy() -> Policy {
    let limits = Limits { pause: Duration::from_millis(1), ..Limits::default() };
    Policy { allow_http: true, limits, ..Policy::default() }
}

fn get(url: &str, policy: &Policy) -> Result<Fetched, FetchError> {
    fetch(url, policy, Known::default(), &mut |_, _| ())
}

/// The bytes at `url`.
fn bytes(url: &str) -> Vec<u8> {
    match get(url, &policy()).unwrap() {
        Fetched::Bytes { bytes, .. } => bytes,
        Fetched::Unchanged => unreachable!("nothing was known"),
    }
}

/// Why there is nothing at `url`.
fn refusal(url: &str) -> Problem {
    get(url, &policy()).unwrap_err().problem
}
