//! Links: absolute, `https`, and written as the standard has them (RFC 3986).
//!
//! The client puts some of these unquoted into CSS, so a picture's link is held to more than others are.
//! Nothing is fetched, and nothing of ASCII is rewritten: what is wrong is refused, with the form that would do. Letters
//! beyond ASCII become what a browser makes of them, so that mails, calendars and headers take the link too.

use fluent_uri::Uri;
use url::Host;

use super::check::Complaint;

/// Whether `text` is a link rather than a path: it starts with a scheme, such as `https:`.
#[must_use]
pub fn is_link(text: &str) -> bool {
    scheme(text).is_some()
}

/// The link `text` in ASCII, as a browser asks for it: the host by IDNA, letters of the rest percent-encoded.
pub(super) fn ascii(text: &str) -> Result<String, Complaint> {
    if let Some(unseen) = text.chars().find(|letter| is_unseen(*letter)) {
        return Err(Complaint::new(
            format!("holds U+{:04X}, which nobody sees", u32::from(unseen)),
            "leave it out",
        ));
    }
    let start = text.find("://").map(|at| at + 3).or_else(|| text.find('@').map(|at| at + 1)).unwrap_or(0);
    let (before, rest) = text.split_at(start);
    let (authority, after) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let (user, host) =
        authority.rsplit_once('@').map_or((None, authority), |(user, host)| (Some(user), host));
    let (name, port) = host.split_at(host.find(':').unwrap_or(host.len()));
    let name = match Host::parse(name) {
        _ if name.is_ascii() => name.to_owned(),
        Ok(Host::Domain(name)) => name,
        _ => return Err(Complaint::new("names no host that there can be", "write `https://example.org/`")),
    };
    let user = user.map(|user| format!("{user}@")).unwrap_or_default();
    let parts = [before, &user, &name, port, after];
    Ok(parts.iter().flat_map(|part| part.chars()).map(|letter| escaped(letter, letter.is_ascii())).collect())
}

/// Whether `letter` is beyond ASCII and shows nothing, so that it came into a link unmeant.
fn is_unseen(letter: char) -> bool {
    let is_ignored = matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    is_ignored || (!letter.is_ascii() && letter.is_whitespace())
}

/// The letter itself if it `is_kept`, else its bytes as a link escapes them.
fn escaped(letter: char, is_kept: bool) -> String {
    if is_kept {
        return letter.to_string();
    }
    let mut bytes = [0; 4];
    let escapes: Vec<String> =
        letter.encode_utf8(&mut bytes).bytes().map(|byte| format!("%{byte:02X}")).collect();
    escapes.concat()
}

/// Refuses what is no absolute `https` link.
pub(super) fn https(text: &str) -> Result<(), Complaint> {
    let Some(scheme) = scheme(text) else {
        return Err(Complaint::new("has no scheme", format!("write `{}`", with_scheme(text))));
    };
    match scheme.to_ascii_lowercase().as_str() {
        "https" => well_formed(text),
        "http" => {
            let secure = format!("https{}", text.get(scheme.len()..).unwrap_or(""));
            Err(Complaint::new("is an `http` link", format!("use `{secure}`")))
        }
        other => Err(Complaint::new(
            format!("is a `{other}:` link"),
            "write an `https` link, such as `https://example.org/`",
        )),
    }
}

/// Refuses what is neither an absolute `https` link nor a mail address as a link.
pub(super) fn contact(text: &str) -> Result<(), Complaint> {
    let mail = scheme(text).is_some_and(|scheme| scheme.eq_ignore_ascii_case("mailto"));
    if mail {
        let address = text.split(['?', ':']).nth(1).unwrap_or("");
        let named = address.split_once('@').is_some_and(|(user, host)| !user.is_empty() && is_host(host));
        return match Uri::parse(text) {
            Ok(_) if named => Ok(()),
            _ => Err(Complaint::new("is no mail address", "write `mailto:help@example.org`")),
        };
    }
    if !is_link(text) && !text.contains('/') && text.contains('@') {
        return Err(Complaint::new("has no scheme", format!("write `mailto:{text}`")));
    }
    https(text)
}

/// Refuses a link to a picture that the client could not write into CSS `url(…)`.
pub(super) fn picture(text: &str) -> Result<(), Complaint> {
    https(text)?;
    if text.contains(['(', ')', '\'']) {
        return Err(unencoded(text));
    }
    Ok(())
}

/// Whether `text` can be a host name: labels of letters, digits and inner hyphens, with dots between.
#[must_use]
pub fn is_host(text: &str) -> bool {
    let label = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-')
    };
    text.len() <= 253 && text.split('.').all(label)
}

fn well_formed(text: &str) -> Result<(), Complaint> {
    let Ok(link) = Uri::parse(text) else { return Err(unencoded(text)) };
    let Some(authority) = link.authority() else {
        return Err(Complaint::new("names no host", "write `https://example.org/`"));
    };
    if authority.userinfo().is_some() {
        return Err(Complaint::new("holds a user or password", "leave out what is before the `@`"));
    }
    let host = authority.host();
    if !is_host(host.strip_suffix('.').unwrap_or(host)) && !host.starts_with('[') {
        return Err(Complaint::new("names no host", "write `https://example.org/`"));
    }
    let port = authority.port().map_or("", |port| port.as_str());
    if !port.is_empty() && port.parse::<u16>().is_err() {
        return Err(Complaint::new(format!("has the port `{port}`"), "ports are numbers up to 65535"));
    }
    Ok(())
}

/// What is wrong with a link that holds letters it may not, and the form that says the same.
fn unencoded(text: &str) -> Complaint {
    let encoded = encoded(text);
    if encoded == text {
        return Complaint::new("is no well-formed link", "write `https://example.org/`");
    }
    let (_, path) = after_host(text);
    let what = match path.chars().find(|letter| !is_plain(*letter)) {
        None => "a `%` without two hexadecimal digits".to_owned(),
        Some(' ') => "a space".to_owned(),
        Some('`') => "a backtick".to_owned(),
        Some(other) => format!("`{other}`"),
    };
    Complaint::new(format!("holds {what}"), format!("percent-encode it: `{encoded}`"))
}

/// Whether the letter stands for itself after the host in any link of ours.
fn is_plain(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || "-._~:/?#@!$&*+,;=%".contains(letter)
}

/// The link with every letter after the host escaped that may not stand there.
fn encoded(text: &str) -> String {
    let (host, path) = after_host(text);
    let mut encoded = host.to_owned();
    for (at, letter) in path.char_indices() {
        let stray = letter == '%' && !is_escape(path.get(at + 1..at + 3));
        encoded.push_str(&escaped(letter, is_plain(letter) && !stray));
    }
    encoded
}

/// Parts a link behind its host.
fn after_host(text: &str) -> (&str, &str) {
    let start = text.find("://").map_or(0, |at| at + 3);
    let rest = text.get(start..).unwrap_or("");
    text.split_at(start + rest.find(['/', '?', '#']).unwrap_or(rest.len()))
}

fn is_escape(digits: Option<&str>) -> bool {
    digits.is_some_and(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))
}

/// The scheme that `text` starts with. One letter is the drive of a Windows path; one with a dot is a host with
/// its port.
fn scheme(text: &str) -> Option<&str> {
    let (scheme, _) = text.split_once(':')?;
    let named = scheme.len() > 1
        && scheme.starts_with(|letter: char| letter.is_ascii_alphabetic())
        && scheme.chars().all(|letter| letter.is_ascii_alphanumeric() || "+-".contains(letter));
    named.then_some(scheme)
}

/// What was probably meant by a link without a scheme.
fn with_scheme(text: &str) -> String {
    if text.trim_start_matches('/').split('/').next().is_some_and(|host| host.contains('.')) {
        return format!("https://{}", text.trim_start_matches('/'));
    }
    format!("https://example.org/{}", text.trim_start_matches('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_beyond_ascii_become_what_browsers_make_of_them() {
        // By `new URL(…).href` of node.
        for (text, wanted) in [
            ("https://müller.example/über", "https://xn--mller-kva.example/%C3%BCber"),
            (
                "https://BÜCHER.example:8443/ä?ö=ü#ß",
                "https://xn--bcher-kva.example:8443/%C3%A4?%C3%B6=%C3%BC#%C3%9F",
            ),
            ("https://straße.example/", "https://xn--strae-oqa.example/"),
            ("https://例え.jp/パス", "https://xn--r8jz45g.jp/%E3%83%91%E3%82%B9"),
            ("https://müller.example/a%20b/é", "https://xn--mller-kva.example/a%20b/%C3%A9"),
            ("https://é.example", "https://xn--9ca.example"),
            ("mailto:hilfe@müller.example", "mailto:hilfe@xn--mller-kva.example"),
            (
                "mailto:jörg@müller.example?subject=Hä",
                "mailto:j%C3%B6rg@xn--mller-kva.example?subject=H%C3%A4",
            ),
            ("HTTPS://Example.org/'(x)", "HTTPS://Example.org/'(x)"),
            ("https://[2001:db8::1]/é", "https://[2001:db8::1]/%C3%A9"),
        ] {
            assert_eq!(ascii(text).as_deref(), Ok(wanted));
            assert!(contact(wanted).is_ok(), "{wanted}");
        }
        for text in [
            "https://a.b/x\u{200b}",
            "https://a.b/\u{a0}",
            "https://m\u{202e}üller.example/",
            "https://ü..example/",
        ] {
            assert!(ascii(text).and_then(|link| https(&link)).is_err(), "{text}");
        }
    }

    #[test]
    fn what_is_encoded_is_accepted() {
        for text in ["https://a.b/x (1).png", "https://a.b/\u{e9}\"'\\`{}|^<>[]", "https://a.b/%zz%20%"] {
            let encoded = encoded(text);
            assert_eq!(picture(&encoded), Ok(()), "{encoded}");
        }
    }
}
