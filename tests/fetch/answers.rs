//! What an honest server answers, and what is asked of it.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;
use rebrand::host::fetch::{Fetched, Known, Problem, fetch};

use super::server::{Server, file, status};
use super::{bytes, get, policy, refusal};

pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn a_file_comes_with_what_is_known_of_it() {
    let server = Server::saying(
        "HTTP/1.1 200 OK\r\nContent-Length: 4\r\nETag: W/\"x\"\r\nContent-Type: image/svg+xml\r\n\
         Last-Modified: Sun, 06 Nov 1994 08:49:37 GMT\r\n\r\n<svg",
    );
    let Ok(Fetched::Bytes { bytes, etag, last_modified, content_type, final_url, .. }) =
        get(&server.url("/logo.svg?v=1#part"), &policy())
    else {
        unreachable!("it is there")
    };
    assert_eq!(bytes, b"<svg");
    assert_eq!(etag.as_deref(), Some("W/\"x\""));
    assert_eq!(last_modified.as_deref(), Some("Sun, 06 Nov 1994 08:49:37 GMT"));
    assert_eq!(content_type.as_deref(), Some("image/svg+xml"));
    assert_eq!(final_url, server.url("/logo.svg?v=1"));
}

#[test]
fn a_request_says_nothing_of_who_asks() {
    let server = Server::saying(&file("x"));
    bytes(&server.url("/logo.svg"));
    let heads = server.heads();
    assert!(heads[0].starts_with("get /logo.svg http/1.1\r\n"));
    assert!(heads[0].contains("\r\naccept-encoding: identity\r\n"));
    for secret in ["authorization", "cookie", "referer", "if-none-match", "if-modified-since"] {
        assert!(!heads[0].contains(secret), "{secret}");
    }
}

#[test]
fn the_known_file_does_not_come_again() {
    let server = Server::saying(&status(304, ""));
    let known = Known { etag: Some("\"x\""), last_modified: Some("Sun, 06 Nov 1994 08:49:37 GMT") };
    let fetched = fetch(&server.url("/"), &policy(), known, &mut |_, _| ()).unwrap();
    assert!(matches!(fetched, Fetched::Unchanged));
    assert!(server.heads()[0].contains("\r\nif-none-match: \"x\"\r\n"));
    assert!(server.heads()[0].contains("\r\nif-modified-since: sun, 06 nov 1994 08:49:37 gmt\r\n"));
}

#[test]
fn what_is_known_cannot_add_headers() {
    let server = Server::saying(&file("x"));
    let long = "x".repeat(5000);
    for etag in ["x\r\nAuthorization: y", "\n", "", "é", long.as_str()] {
        let known = Known { etag: Some(etag), last_modified: None };
        let fetched = fetch(&server.url("/"), &policy(), known, &mut |_, _| ()).unwrap();
        assert!(matches!(fetched, Fetched::Bytes { .. }));
    }
    for head in server.heads() {
        assert!(!head.contains("authorization") && !head.contains("if-none-match"), "{head}");
    }
}

#[test]
fn unchanged_is_no_answer_to_whom_nothing_is_known() {
    let server = Server::saying(&status(304, ""));
    assert!(matches!(refusal(&server.url("/")), Problem::Status { status: 304, .. }));
}

#[test]
fn only_200_is_a_file() {
    for code in [201, 204, 206, 300, 400, 401, 403, 451] {
        let server = Server::saying(&status(code, ""));
        let problem = refusal(&server.url("/"));
        assert!(matches!(problem, Problem::Status { status, .. } if status == code), "{problem:?}");
        assert_eq!(server.count(), 1);
    }
}

#[test]
fn what_is_not_there_is_said_so() {
    for code in [404, 410] {
        let server = Server::saying(&status(code, ""));
        let url = server.url("/logo.svg");
        let error = get(&url, &policy()).unwrap_err();
        assert_eq!(error.to_string(), format!("`{url}` is not there: the server answered {code}"));
        assert_eq!(
            error.hint(),
            Some("look for a slip in the address, or ask its owner where the picture went")
        );
        assert_eq!(server.count(), 1);
    }
}

#[test]
fn a_file_may_come_in_chunks_or_to_the_end() {
    let chunks = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n";
    let to_the_end = "HTTP/1.0 200 OK\r\n\r\nabcde";
    for text in [chunks, to_the_end] {
        assert_eq!(bytes(&Server::saying(text).url("/")), b"abcde");
    }
}

#[test]
fn a_file_may_come_compressed_unasked() {
    let packed = gzip(&[7; 5000]);
    let server = Server::new(move |call| {
        let length = packed.len();
        call.say(&format!("HTTP/1.1 200 OK\r\nContent-Encoding: GZIP\r\nContent-Length: {length}\r\n\r\n"));
        call.send(&packed);
    });
    assert_eq!(bytes(&server.url("/")), [7; 5000]);
}

#[test]
fn other_encodings_are_not_guessed_at() {
    for (encoding, body) in [("br", "x"), ("gzip, gzip", "x"), ("\u{1b}[2J", "x"), ("gzip", "no gzip at all")]
    {
        let length = body.len();
        let server = Server::saying(&format!(
            "HTTP/1.1 200 OK\r\nContent-Encoding: {encoding}\r\nContent-Length: {length}\r\n\r\n{body}"
        ));
        let error = get(&server.url("/"), &policy()).unwrap_err();
        assert!(matches!(error.problem, Problem::Encoding(_) | Problem::NotHttp(_)), "{error:?}");
        assert!(!error.to_string().contains('\u{1b}'));
    }
}

#[test]
fn progress_tells_bytes_and_their_total() {
    let server = Server::saying(&file(&"x".repeat(100_000)));
    let mut told = Vec::new();
    let mut progress = |bytes, total| told.push((bytes, total));
    fetch(&server.url("/"), &policy(), Known::default(), &mut progress).unwrap();
    assert!(told.is_sorted());
    assert!(told.iter().all(|(_, total)| *total == Some(100_000)));
    assert_eq!(told.last(), Some(&(100_000, Some(100_000))));
}

#[test]
fn an_empty_file_is_a_file() {
    assert_eq!(bytes(&Server::saying(&file("")).url("/")), b"");
}

#[test]
fn bytes_after_the_promised_ones_are_none_of_the_file() {
    let server = Server::saying("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcdefgh");
    assert_eq!(bytes(&server.url("/")), b"abc");
}
