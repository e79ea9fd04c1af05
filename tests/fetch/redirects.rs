//! Where servers redirect to, and where that is not followed.

use rebrand::host::fetch::{Fetched, Policy, Problem, Refusal};

use super::server::{Server, file, redirect, status};
use super::{bytes, get, policy, refusal};

/// A server whose `/` redirects to `to`, and which has a file elsewhere.
fn sending(to: &str) -> Server {
    let to = redirect(to);
    Server::new(move |call| call.say(if call.path == "/" { &to } else { "HTTP/1.0 200 OK\r\n\r\nfile" }))
}

/// A server that redirects `times` times and then has a file.
fn stairs(times: usize) -> Server {
    Server::new(move |call| {
        let text = if call.index < times { redirect(&format!("/{}", call.index)) } else { file("up") };
        call.say(&text);
    })
}

#[test]
fn redirects_are_followed() {
    for code in [301, 302, 303, 307, 308] {
        let server = Server::new(move |call| {
            let text = status(code, "Location: ../b/logo.svg?x=1#part\r\n");
            call.say(if call.path == "/a/" { &text } else { "HTTP/1.0 200 OK\r\n\r\nfile" });
        });
        match get(&server.url("/a/"), &policy()).unwrap() {
            Fetched::Bytes { final_url, .. } => assert_eq!(final_url, server.url("/b/logo.svg?x=1")),
            Fetched::Unchanged => unreachable!("nothing was known"),
        }
    }
}

#[test]
fn five_redirects_are_enough() {
    assert_eq!(bytes(&stairs(5).url("/")), b"up");
    let server = stairs(6);
    assert!(matches!(refusal(&server.url("/")), Problem::TooManyRedirects { most: 5 }));
    assert_eq!(server.count(), 6);
}

#[test]
fn a_circle_is_left() {
    let server = Server::saying(&redirect("/"));
    let error = get(&server.url("/"), &policy()).unwrap_err();
    assert!(error.to_string().ends_with("redirects more than 5 times"), "{error}");
    assert_eq!(server.count(), 6);
}

#[test]
fn redirects_stay_in_the_web() {
    let elsewhere =
        ["ftp://127.0.0.1/x", "file:///etc/passwd", "data:image/png,x", "javascript:alert(1)", "gopher://x/"];
    for to in elsewhere {
        let server = sending(to);
        let problem = refusal(&server.url("/"));
        assert!(matches!(problem, Problem::Redirect { reason: Refusal::Scheme, .. }), "{to}: {problem:?}");
        assert_eq!(server.count(), 1);
    }
}

#[test]
fn a_redirect_is_told_with_where_it_leads() {
    let server = sending("file:///etc/passwd");
    let url = server.url("/");
    let error = get(&url, &policy()).unwrap_err();
    let expected = format!(
        "`{url}` redirects to `file:///etc/passwd`, which begins with neither `https://` nor `http://`"
    );
    assert_eq!(error.to_string(), expected);
}

#[test]
fn redirects_carry_no_password() {
    let server = sending("http://me:secret@127.0.0.1/x");
    let error = get(&server.url("/"), &policy()).unwrap_err();
    assert!(matches!(error.problem, Problem::Redirect { reason: Refusal::Credentials, .. }), "{error:?}");
    assert!(!error.to_string().contains("secret"), "{error}");
}

#[test]
fn redirects_to_nowhere_are_refused() {
    assert!(matches!(refusal(&Server::saying(&status(302, "")).url("/")), Problem::RedirectNowhere));
    for to in ["http://", "http://[::1", "http://a b/", "http://1.2.3.4.5/", "http://x:99999/"] {
        let problem = refusal(&sending(to).url("/"));
        assert!(
            matches!(problem, Problem::Redirect { reason: Refusal::NotAnAddress, .. }),
            "{to}: {problem:?}"
        );
    }
}

/// A server under the name `localhost` is not to get anybody to another address of a private network.
#[test]
fn redirects_do_not_lead_into_private_networks() {
    let other = Server::saying(&file("secret"));
    let port = other.port();
    let hosts = [
        "127.0.0.1",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "127.1",
        "127.0.0.2",
        "[::1]",
        "10.0.0.1",
        "192.168.0.1",
        "172.16.0.1",
        "[fd12::1]",
        "169.254.169.254",
        "[fe80::1]",
        "[fd00:ec2::254]",
        "100.64.0.1",
        "0.0.0.0",
        "0",
        "[::]",
        "224.0.0.1",
        "[::ffff:127.0.0.1]",
        "[::ffff:a9fe:a9fe]",
        "[64:ff9b::7f00:1]",
    ];
    for host in hosts {
        let server = sending(&format!("http://{host}:{port}/x"));
        let error = get(&server.url_of("localhost", "/"), &policy()).unwrap_err();
        assert!(matches!(error.problem, Problem::OutOfReach(_)), "{host}: {error:?}");
        assert!(error.reached.is_some());
        assert_eq!(server.count(), 1);
    }
    assert_eq!(other.count(), 0);
}

#[test]
fn a_refused_address_is_told() {
    let server = sending("http://10.0.0.1/x");
    let url = server.url_of("localhost", "/");
    let error = get(&url, &policy()).unwrap_err();
    let expected =
        format!("`{url}`, which led to `http://10.0.0.1/x`, leads to 10.0.0.1, inside a private network");
    assert_eq!(error.to_string(), expected);
}

#[test]
fn a_name_of_a_private_address_is_no_way_around() {
    let server = sending("http://localhost/x");
    let problem = refusal(&server.url("/"));
    assert!(matches!(problem, Problem::OutOfReach(_)), "{problem:?}");
}

#[test]
fn a_private_server_may_redirect_within_itself() {
    let other = Server::saying(&file("same host, other port"));
    let server = sending(&other.url("/x"));
    assert_eq!(bytes(&server.url("/")), b"same host, other port");
}

#[test]
fn whoever_allows_private_networks_is_redirected_into_them() {
    let server = Server::new(|call| {
        let host_is_first = call.index == 0;
        let to = redirect(&format!("http://127.0.0.1:{}/x", call.path.trim_start_matches('/')));
        call.say(if host_is_first { &to } else { "HTTP/1.0 200 OK\r\n\r\nfile" });
    });
    let policy = Policy { allow_private_network: true, ..policy() };
    let url = server.url_of("localhost", &format!("/{}", server.port()));
    assert!(matches!(get(&url, &policy), Ok(Fetched::Bytes { .. })));
}
