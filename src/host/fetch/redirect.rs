//! Which addresses of the web are followed: the configured one, and those that servers redirect to.

use url::Url;

use super::Policy;
use super::error::{Problem, Refusal, shown};

/// The address that the owner wrote, if it may be fetched from.
pub(super) fn configured(url: &str, policy: &Policy) -> Result<Url, Problem> {
    let mut url = Url::parse(url).map_err(Problem::NotAnAddress)?;
    match url.scheme() {
        "https" => {}
        "http" if policy.allow_http => {}
        "http" => return Err(Problem::Unencrypted),
        _ => return Err(Problem::Scheme),
    }
    if has_credentials(&url) {
        return Err(Problem::Credentials);
    }
    url.set_fragment(None);
    Ok(url)
}

/// Where `from` redirects to with the header `location`, if that is followed.
pub(super) fn next(from: &Url, location: &[u8]) -> Result<Url, Problem> {
    let refused = |to: &str, reason| Problem::Redirect { to: shown(to), reason };
    let text = str::from_utf8(location);
    let text = text.map_err(|_| refused(&String::from_utf8_lossy(location), Refusal::NotAnAddress))?;
    let mut to = from.join(text).map_err(|_| refused(text, Refusal::NotAnAddress))?;
    to.set_fragment(None);
    let reason = match to.scheme() {
        "https" | "http" if has_credentials(&to) => Refusal::Credentials,
        "http" if from.scheme() == "https" => Refusal::Unencrypted,
        "https" | "http" => return Ok(to),
        _ => Refusal::Scheme,
    };
    Err(refused(to.as_str(), reason))
}

/// Refuses to go to `to` unless it is encrypted.
pub(super) fn encrypted(to: &Url) -> Result<(), Problem> {
    if to.scheme() == "https" {
        return Ok(());
    }
    Err(Problem::Redirect { to: shown(to.as_str()), reason: Refusal::Unencrypted })
}

fn has_credentials(url: &Url) -> bool {
    !url.username().is_empty() || url.password().is_some()
}

#[cfg(test)]
mod tests {
    use super::{Problem, Refusal, Url, next};

    fn reason(from: &str, location: &str) -> Option<Refusal> {
        match next(&Url::parse(from).unwrap(), location.as_bytes()) {
            Err(Problem::Redirect { reason, .. }) => Some(reason),
            _ => None,
        }
    }

    #[test]
    fn redirects_never_leave_encryption() {
        assert_eq!(reason("https://example.org/a", "http://example.org/b"), Some(Refusal::Unencrypted));
        assert_eq!(reason("http://example.org/a", "http://example.org/b"), None);
        assert_eq!(reason("http://example.org/a", "https://example.org/b"), None);
        assert_eq!(reason("https://example.org/a", "//example.net/b"), None);
    }
}
