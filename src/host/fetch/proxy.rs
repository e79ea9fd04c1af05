//! The proxy that the environment names, and that is not used.

use std::env;

/// What other programs take a proxy from.
const VARIABLES: [&str; 6] =
    ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "HTTP_PROXY", "http_proxy"];

/// The environment variable that names a proxy, if there is one. `fetch` does not use it: a proxy looks names up by
/// itself, and would reach what `fetch` refuses to.
#[must_use]
pub fn ignored_proxy() -> Option<&'static str> {
    VARIABLES.into_iter().find(|name| env::var_os(name).is_some_and(|value| !value.is_empty()))
}
