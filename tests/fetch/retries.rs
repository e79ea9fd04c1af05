//! What may pass, and is tried again.

use std::net::TcpListener;
use std::time::Duration;

use rebrand::host::fetch::{Limits, Policy, Problem};

use super::server::{Server, file, status};
use super::{bytes, get, policy, refusal};

/// A server that answers with `first` and then has a file.
fn recovering(first: &str) -> Server {
    let first = first.to_owned();
    Server::new(move |call| call.say(if call.index == 0 { &first } else { "HTTP/1.0 200 OK\r\n\r\nfile" }))
}

#[test]
fn a_server_that_recovers_is_asked_again() {
    let first = [
        status(500, ""),
        status(503, ""),
        status(429, ""),
        status(429, "Retry-After: 0\r\n"),
        status(503, "Retry-After: Sun, 06 Nov 1994 08:49:37 GMT\r\n"),
        status(500, "Retry-After: soon\r\n"),
        "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc".to_owned(),
        String::new(),
    ];
    for first in first {
        let server = recovering(&first);
        assert_eq!(bytes(&server.url("/")), b"file", "{first}");
        assert_eq!(server.count(), 2);
    }
}

#[test]
fn three_tries_are_all() {
    let server = Server::saying(&status(500, ""));
    let error = get(&server.url("/x"), &policy()).unwrap_err();
    assert!(error.to_string().ends_with("was not delivered: the server answered 500"), "{error}");
    assert_eq!(server.count(), 3);
}

#[test]
fn a_server_may_ask_for_a_pause() {
    let server = recovering(&status(429, "Retry-After: 1\r\n"));
    let limits = Limits { longest_pause: Duration::from_secs(1), ..policy().limits };
    let fetched = get(&server.url("/"), &Policy { limits, ..policy() });
    assert!(fetched.is_ok());
    assert_eq!(server.count(), 2);
}

#[test]
fn a_server_that_asks_for_a_long_pause_is_left_alone() {
    let server = recovering(&status(429, "Retry-After: 3600\r\n"));
    let error = get(&server.url("/"), &policy()).unwrap_err();
    let expected = "was not delivered: the server answered 429 and asked to be left alone for 3600 s";
    assert!(error.to_string().ends_with(expected), "{error}");
    assert_eq!(error.hint(), Some("try again later"));
    assert_eq!(server.count(), 1);
}

#[test]
fn what_will_not_pass_is_not_tried_again() {
    for code in [400, 401, 403, 404] {
        let server = recovering(&status(code, "Retry-After: 0\r\n"));
        assert!(get(&server.url("/"), &policy()).is_err());
        assert_eq!(server.count(), 1);
    }
}

#[test]
fn a_closed_port_cannot_be_reached() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let problem = refusal(&format!("http://127.0.0.1:{port}/"));
    assert!(matches!(problem, Problem::Unreachable(_)), "{problem:?}");
}

#[test]
fn progress_of_a_further_try_begins_anew() {
    let broken = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc";
    let server = Server::new(move |call| call.say(if call.index == 0 { broken } else { &FILE }));
    let mut told = Vec::new();
    let mut progress = |bytes, total| told.push((bytes, total));
    let known = rebrand::host::fetch::Known::default();
    rebrand::host::fetch::fetch(&server.url("/"), &policy(), known, &mut progress).unwrap();
    assert_eq!(told, [(3, Some(100)), (2, Some(2))]);
}

static FILE: std::sync::LazyLock<String> = std::sync::LazyLock::new(|| file("ok"));
