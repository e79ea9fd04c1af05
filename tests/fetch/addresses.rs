//! Which addresses are contacted at all.

use rebrand::host::fetch::{Policy, Problem};

use super::server::{Server, file};
use super::{bytes, get, policy, refusal};

#[test]
fn an_address_is_told_from_other_words() {
    for (url, slip) in
        [("logo.svg", "relative"), ("", "relative"), ("https://", "empty host"), ("https://a b/", "")]
    {
        let error = get(url, &policy()).unwrap_err();
        assert!(matches!(error.problem, Problem::NotAnAddress(_)), "{error:?}");
        assert!(error.to_string().contains(slip), "{error}");
        assert_eq!(error.hint(), Some("a web address looks like `https://example.org/logo.svg`"));
    }
}

#[test]
fn only_the_web_is_fetched_from() {
    for url in ["ftp://127.0.0.1/x", "file:///etc/passwd", "data:image/png,x", "unix:/run/docker.sock"] {
        assert!(matches!(refusal(url), Problem::Scheme), "{url}");
    }
}

#[test]
fn encryption_is_given_up_only_by_the_owner() {
    let server = Server::saying(&file("x"));
    let policy = Policy { allow_http: false, ..policy() };
    let error = get(&server.url("/"), &policy).unwrap_err();
    assert!(matches!(error.problem, Problem::Unencrypted), "{error:?}");
    assert_eq!(server.count(), 0);
}

#[test]
fn the_defaults_allow_nothing() {
    let policy = Policy::default();
    assert!(!policy.allow_http && !policy.allow_private_network);
}

#[test]
fn passwords_are_neither_sent_nor_shown() {
    let unreadable = "https://me:secret@exa mple.org/x";
    for url in ["http://me:secret@127.0.0.1:1/x", "http://secret@127.0.0.1:1/x", unreadable] {
        let error = get(url, &policy()).unwrap_err();
        let refused = matches!(error.problem, Problem::Credentials | Problem::NotAnAddress(_));
        assert!(refused && !error.to_string().contains("secret"), "{error:?}");
    }
}

#[test]
fn a_configured_server_may_be_private() {
    let server = Server::saying(&file("x"));
    for host in ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "0177.0.0.1", "127.1"] {
        assert_eq!(bytes(&server.url_of(host, "/")), b"x", "{host}");
    }
}

/// Refused before anything is sent: on most of these, this machine would answer itself.
#[test]
fn some_addresses_are_never_contacted() {
    let server = Server::saying(&file("x"));
    let hosts = [
        "0.0.0.0",
        "0",
        "0x0",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "169.254.169.254",
        "2852039166",
        "0xa9fea9fe",
        "[fe80::1]",
        "[fd00:ec2::254]",
        "100.100.100.200",
        "224.0.0.1",
        "255.255.255.255",
        "[ff02::1]",
    ];
    for host in hosts {
        let url = server.url_of(host, "/latest/meta-data");
        let problem = refusal(&url);
        assert!(matches!(problem, Problem::OutOfReach(_)), "{host}: {problem:?}");
    }
    assert_eq!(server.count(), 0);
}

#[test]
fn the_owner_may_allow_every_address() {
    let server = Server::saying(&file("x"));
    let policy = Policy { allow_private_network: true, ..policy() };
    // This machine, in the clothes of IPv6.
    let fetched = get(&server.url_of("[::ffff:127.0.0.1]", "/"), &policy);
    assert!(fetched.is_ok(), "{fetched:?}");
}

#[test]
fn a_name_that_cannot_be_is_told() {
    // No name server is asked for a label of more than 63 letters.
    let host = "a".repeat(70);
    let error = get(&format!("http://{host}/x"), &policy()).unwrap_err();
    assert!(matches!(&error.problem, Problem::NoSuchHost { host: told } if *told == host), "{error:?}");
}

#[test]
fn a_server_without_encryption_is_not_trusted_with_it() {
    let server = Server::saying(&file("x"));
    let url = server.url("/").replace("http:", "https:");
    let problem = refusal(&url);
    assert!(matches!(problem, Problem::Tls(_)), "{problem:?}");
    assert_eq!(server.count(), 1, "what is not trusted once is not asked again");
}
