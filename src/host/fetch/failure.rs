//! What an error of the client means to the operator.

use std::io;

use ureq::{Error, Timeout};
use url::Url;

use super::Limits;
use super::error::{Problem, printable};
use super::guard::Stop;

/// What `error`, met while fetching `url` within `limits`, means.
pub(super) fn problem(error: Error, url: &Url, limits: &Limits) -> Problem {
    match error {
        Error::Io(error) => broken(error),
        Error::Timeout(Timeout::Resolve | Timeout::Connect) => {
            Problem::Slow { is_connected: false, most: limits.connect }
        }
        Error::Timeout(_) => Problem::Slow { is_connected: true, most: limits.total },
        Error::Rustls(error) => Problem::Tls(error.to_string()),
        Error::Tls(reason) => Problem::Tls(reason.to_owned()),
        Error::LargeResponseHeader(..) => Problem::HeadersTooLarge,
        Error::HostNotFound => no_such_host(url),
        Error::Other(error) => match error.downcast::<Stop>().map(|stop| *stop) {
            Ok(Stop::OutOfReach(address)) => Problem::OutOfReach(address),
            Ok(Stop::Unknown(_)) => no_such_host(url),
            Err(error) => Problem::NotHttp(printable(&error.to_string())),
        },
        error => Problem::NotHttp(printable(&error.to_string())),
    }
}

fn broken(error: io::Error) -> Problem {
    if let Some(error) = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>()) {
        return Problem::Tls(error.to_string());
    }
    match error.kind() {
        io::ErrorKind::ConnectionRefused
        | io::ErrorKind::HostUnreachable
        | io::ErrorKind::NetworkUnreachable
        | io::ErrorKind::AddrNotAvailable
        | io::ErrorKind::PermissionDenied => Problem::Unreachable(error),
        _ => Problem::BrokeOff(error),
    }
}

fn no_such_host(url: &Url) -> Problem {
    Problem::NoSuchHost { host: url.host_str().unwrap_or_default().to_owned() }
}
