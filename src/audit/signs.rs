//! What tells of upstream in a text or an address.

use crate::catalogue::{SignKind, signs};
use crate::words::mentions;

/// Words and addresses that tell of upstream, and the hosts of the site, whose names tell nothing.
pub(super) struct Signs<'a> {
    hosts: Vec<&'a str>,
    words: Vec<String>,
    addresses: Vec<String>,
}

impl<'a> Signs<'a> {
    pub(super) fn new(hosts: impl Iterator<Item = &'a str>) -> Self {
        let (words, addresses): (Vec<_>, Vec<_>) = signs().partition(|sign| sign.kind == SignKind::Word);
        let text = |sign: crate::catalogue::Sign| sign.sign.to_ascii_lowercase();
        Signs {
            hosts: hosts.collect(),
            words: words.into_iter().map(text).collect(),
            addresses: addresses.into_iter().map(text).collect(),
        }
    }

    /// Whether `text` names upstream: by a word, or by an address in it.
    pub(super) fn is_in(&self, text: &str) -> bool {
        let is_gap = |letter: char| letter.is_whitespace() || "\"'`<>()".contains(letter);
        text.split(is_gap).any(|word| self.is_word(word))
    }

    fn is_word(&self, word: &str) -> bool {
        if word.contains("://") {
            return self.is_address(word);
        }
        let word = self.hosts.iter().fold(word.to_ascii_lowercase(), |word, host| word.replace(host, ""));
        mentions(&word) || self.words.iter().any(|sign| word.contains(sign))
    }

    /// Whether `address`, a link or a mail address, leads to upstream.
    pub(super) fn is_address(&self, address: &str) -> bool {
        let address = address.trim().to_ascii_lowercase();
        let Some((host, path)) = host_and_path(&address) else { return false };
        if self.hosts.contains(&host) {
            return false;
        }
        let is_sign = |sign: &String| {
            let (name, folder) = sign.split_once('/').unwrap_or((sign, ""));
            let is_host = host.strip_suffix(name).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
            let rest = path.trim_start_matches('/').strip_prefix(folder);
            is_host && rest.is_some_and(|rest| folder.is_empty() || rest.is_empty() || rest.starts_with('/'))
        };
        self.addresses.iter().any(is_sign)
    }

    /// The file below the web client that `address` of a picture names; none if it is elsewhere.
    pub(super) fn below_web(&self, address: &str) -> Option<String> {
        let address = address.trim();
        let path = match host_and_path(address) {
            Some((host, path)) if self.hosts.iter().any(|own| own.eq_ignore_ascii_case(host)) => path,
            Some(("", path)) => path.split_once("-->").map_or(path, |(_, path)| path),
            Some(_) => return None,
            None if address.starts_with("data:") => return None,
            None => address,
        };
        let mut path = path.split(['?', '#']).next().unwrap_or_default();
        while let Some(rest) = ["../", "./", "/"].iter().find_map(|start| path.strip_prefix(start)) {
            path = rest;
        }
        Some(path.to_owned())
    }
}

/// The host of an address with one, without user and port, and what follows it. A host that the web server puts in
/// is empty.
fn host_and_path(address: &str) -> Option<(&str, &str)> {
    let rest = address.split_once("://").map(|(_, rest)| rest);
    let rest = rest.or_else(|| address.strip_prefix("//")).or_else(|| address.strip_prefix("mailto:"))?;
    if rest.starts_with("<!--#") {
        return Some(("", rest));
    }
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at_checked(end)?;
    let host = authority.rsplit('@').next().unwrap_or(authority);
    Some((host.split(':').next().unwrap_or(host), path))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signs() -> Signs<'static> {
        Signs::new(["jitsi.example.org"].into_iter())
    }

    #[test]
    fn a_text_names_upstream_by_words_and_addresses_but_not_by_the_own_host() {
        for text in
            ["Jitsi Meet", "von Jitsi-Meet", "Fellow Jitster", "see <a href='https://jitsi.org/x'>here</a>"]
        {
            assert!(signs().is_in(text), "{text}");
        }
        for text in ["Public Code Meet", "Come to jitsi.example.org", "https://jitsi.example.org/room", ""] {
            assert!(!signs().is_in(text), "{text}");
        }
    }

    #[test]
    fn an_address_leads_to_upstream_by_its_host() {
        for address in [
            "https://jitsi.org",
            "HTTPS://Community.Jitsi.org:443/",
            "//8x8.vc/x",
            "https://github.com/jitsi/jitsi-meet/issues/new",
            "mailto:help@jitsi.org",
        ] {
            assert!(signs().is_address(address), "{address}");
        }
        for address in [
            "https://publiccode.net/jitsi.org",
            "https://notjitsi.org/",
            "https://github.com/jitsiclone",
            "https://jitsi.example.org/",
            "images/jitsi.svg",
            "mailto:jitsi@publiccode.net",
        ] {
            assert!(!signs().is_address(address), "{address}");
        }
    }

    #[test]
    fn a_picture_is_found_below_the_web_client() {
        let is = |address: &str, path: Option<&str>| {
            assert_eq!(signs().below_web(address).as_deref(), path, "{address}");
        };
        is("images/a.png?v=1", Some("images/a.png"));
        is("../images/a.png", Some("images/a.png"));
        is("/images/a.png#x", Some("images/a.png"));
        is("https://jitsi.example.org/images/a.png", Some("images/a.png"));
        is("https://<!--# echo var=\"http_host\" default=\"x\" -->/images/a.png", Some("images/a.png"));
        is("https://publiccode.net/images/a.png", None);
        is("data:image/png;base64,AA==", None);
    }
}
