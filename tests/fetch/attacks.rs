//! Servers that would hang a run or fill its memory.

use std::time::Duration;

use rebrand::host::fetch::{Limits, Policy, Problem};

use super::answers::gzip;
use super::server::{Call, Server};
use super::{get, policy, refusal};

const MEBIBYTE: usize = 1 << 20;
const PAUSE: Duration = Duration::from_millis(5);

/// As `policy`, but with hardly any time.
fn hasty() -> Policy {
    let short = Duration::from_millis(300);
    Policy { limits: Limits { total: short, ..policy().limits }, ..policy() }
}

#[track_caller]
fn is_too_large(server: &Server) {
    let error = get(&server.url("/logo.png"), &policy()).unwrap_err();
    assert!(matches!(error.problem, Problem::TooLarge { .. }), "{error:?}");
    assert!(error.to_string().ends_with("is larger than 8 MiB"));
    assert_eq!(server.count(), 1, "the same again would be as large");
}

#[track_caller]
fn is_too_slow(server: &Server) {
    let problem = get(&server.url("/"), &hasty()).unwrap_err().problem;
    assert!(matches!(problem, Problem::Slow { is_connected: true, .. }), "{problem:?}");
    assert_eq!(server.count(), 1, "who took all the time takes it again");
}

#[test]
fn a_gzip_bomb_does_not_go_off() {
    // Six gibibytes, in as many bytes as are read.
    let packed = gzip(&vec![0; 64 * MEBIBYTE]).repeat(100);
    assert!(packed.len() < 8 * MEBIBYTE);
    is_too_large(&Server::new(move |call| {
        call.say("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n");
        call.send(&packed);
    }));
}

#[test]
fn a_gzip_of_nothing_ends_as_well() {
    let nothing = gzip(b"").repeat(1000);
    is_too_large(&Server::new(move |call| {
        call.say("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n");
        call.send_forever(&nothing, Duration::ZERO);
    }));
}

#[test]
fn an_endless_body_ends() {
    is_too_large(&Server::new(|call| {
        call.say("HTTP/1.1 200 OK\r\n\r\n");
        call.send_forever(&[0; 16384], Duration::ZERO);
    }));
}

#[test]
fn endless_chunks_end() {
    is_too_large(&Server::new(|call| {
        call.say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        let chunk = format!("10000\r\n{}\r\n", "x".repeat(65536));
        call.send_forever(chunk.as_bytes(), Duration::ZERO);
    }));
}

#[test]
fn a_promise_of_too_much_is_not_waited_for() {
    for length in [8 * MEBIBYTE + 1, usize::MAX] {
        is_too_large(&Server::new(move |call| {
            call.say(&format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n"));
            call.keep_silent();
        }));
    }
}

#[test]
fn as_much_as_is_allowed_comes() {
    let body = "x".repeat(8 * MEBIBYTE);
    let server = Server::new(move |call| {
        call.say("HTTP/1.1 200 OK\r\n\r\n");
        call.say(&body);
    });
    assert_eq!(super::bytes(&server.url("/")).len(), 8 * MEBIBYTE);
}

#[test]
fn a_file_that_stops_short_is_no_file() {
    let server = Server::saying("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc");
    let problem = refusal(&server.url("/"));
    assert!(matches!(problem, Problem::BrokeOff(_)), "{problem:?}");
    assert_eq!(server.count(), 3);
}

#[test]
fn a_dripping_body_ends() {
    is_too_slow(&Server::new(|call| {
        call.say("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
        call.send_forever(b"x", PAUSE);
    }));
}

#[test]
fn dripping_headers_end() {
    is_too_slow(&Server::new(|call| {
        call.say("HTTP/1.1 200 OK\r\nX: ");
        call.send_forever(b"x", PAUSE);
    }));
}

#[test]
fn silence_ends() {
    is_too_slow(&Server::new(|call: &mut Call<'_>| call.keep_silent()));
}

#[test]
fn dripping_redirects_share_the_time_of_one_try() {
    is_too_slow_in_all(&Server::new(|call| {
        std::thread::sleep(Duration::from_millis(120));
        call.say(&super::server::redirect("/again"));
    }));
}

#[track_caller]
fn is_too_slow_in_all(server: &Server) {
    let problem = get(&server.url("/"), &hasty()).unwrap_err().problem;
    assert!(matches!(problem, Problem::Slow { is_connected: true, .. }), "{problem:?}");
    assert!(server.count() <= 3);
}

#[test]
fn a_huge_header_is_not_read() {
    let server = Server::new(|call| {
        call.say("HTTP/1.1 200 OK\r\nX: ");
        call.send_forever(&[b'x'; 16384], Duration::ZERO);
    });
    let problem = refusal(&server.url("/"));
    assert!(matches!(problem, Problem::HeadersTooLarge), "{problem:?}");
    assert_eq!(server.count(), 1);
}

#[test]
fn a_thousand_headers_are_refused() {
    let headers = "X: y\r\n".repeat(1000);
    let server = Server::saying(&format!("HTTP/1.1 200 OK\r\n{headers}\r\n"));
    let problem = refusal(&server.url("/"));
    assert!(matches!(problem, Problem::NotHttp(_) | Problem::HeadersTooLarge), "{problem:?}");
}

#[test]
fn endless_preliminaries_end() {
    let server = Server::new(|call| {
        call.send_forever(b"HTTP/1.1 103 Early Hints\r\n\r\n", Duration::ZERO);
    });
    let problem = get(&server.url("/"), &hasty()).unwrap_err().problem;
    // Some are skipped, and some are one long header.
    let ended = matches!(problem, Problem::Slow { .. } | Problem::NotHttp(_) | Problem::HeadersTooLarge);
    assert!(ended, "{problem:?}");
}

#[test]
fn what_is_no_web_server_is_told() {
    for text in ["SSH-2.0-OpenSSH_9.2\r\n\r\n", "\u{0}\u{1b}[31mred\r\n\r\n", "HTTP/9.9 200 OK\r\n\r\n"] {
        let error = get(&Server::saying(text).url("/"), &policy()).unwrap_err();
        assert!(matches!(error.problem, Problem::NotHttp(_) | Problem::BrokeOff(_)), "{error:?}");
        assert!(!error.to_string().contains('\u{1b}'));
    }
}

#[test]
fn contradictory_lengths_are_refused() {
    for headers in
        ["Content-Length: 3\r\nContent-Length: 5\r\n", "Content-Length: -1\r\n", "Content-Length: x\r\n"]
    {
        let server = Server::saying(&format!("HTTP/1.1 200 OK\r\n{headers}\r\nabcde"));
        let problem = refusal(&server.url("/"));
        assert!(matches!(problem, Problem::NotHttp(_)), "{headers}: {problem:?}");
    }
}

#[test]
fn an_etag_that_fills_a_lock_file_is_left_out() {
    let long = "x".repeat(2000);
    let server = Server::saying(&format!("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nETag: {long}\r\n\r\nx"));
    let fetched = get(&server.url("/"), &policy()).unwrap();
    assert!(matches!(fetched, rebrand::host::fetch::Fetched::Bytes { etag: None, .. }));
}
