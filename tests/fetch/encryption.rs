//! Encryption, with a server that has a certificate of its own.
//!
//! What the system trusts is changed for a child only, as a company's authority would be in its store.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::process::Command;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use rcgen::CertifiedKey;
use rebrand::host::fetch::{Limits, Policy, Problem, Refusal};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use super::server::redirect;
use super::{bytes, get, policy, refusal};

/// Where the child finds the server.
const PORT: &str = "REBRAND_TEST_TLS_PORT";

/// A server under the name `localhost`, and its certificate.
fn server() -> (u16, String) {
    let CertifiedKey { cert, signing_key } =
        rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(signing_key.serialize_der()));
    let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![cert.der().clone()], key)
        .unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let config = Arc::new(config);
    thread::spawn(move || {
        for stream in listener.incoming() {
            let connection = ServerConnection::new(Arc::clone(&config)).unwrap();
            let mut stream = StreamOwned::new(connection, stream.unwrap());
            thread::spawn(move || answer(&mut stream));
        }
    });
    (port, cert.pem())
}

/// Redirects `/to/URL`, and has a file elsewhere. An error is the client's leave.
fn answer(stream: &mut (impl Read + Write)) {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        match stream.read(&mut byte) {
            Ok(1) => head.push(byte[0]),
            _ => return,
        }
    }
    let head = String::from_utf8(head).unwrap();
    let path = head.split(' ').nth(1).unwrap();
    let text = path
        .strip_prefix("/to/")
        .map_or("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsafely".to_owned(), redirect);
    let _ = stream.write_all(text.as_bytes());
    let _ = stream.flush();
}

#[test]
fn a_certificate_that_nobody_trusts_is_refused() {
    let (port, _) = server();
    let problem = refusal(&format!("https://localhost:{port}/"));
    assert!(matches!(problem, Problem::Tls(_)), "{problem:?}");
}

#[test]
fn the_authorities_of_the_system_are_trusted() {
    let (port, certificate) = server();
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), certificate).unwrap();
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--ignored", "--exact", "encryption::child"]).env(PORT, port.to_string());
    let output = command.env("SSL_CERT_FILE", file.path()).env_remove("SSL_CERT_DIR").output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}

/// The half of the test that trusts the server.
#[test]
#[ignore = "started by `the_authorities_of_the_system_are_trusted`"]
fn child() {
    let Ok(port) = std::env::var(PORT) else { return };
    let base = format!("https://localhost:{port}");
    assert_eq!(bytes(&format!("{base}/logo.svg")), b"safely");
    assert_eq!(bytes(&format!("{base}/to//logo.svg")), b"safely");

    let strict = Policy { allow_http: false, ..policy() };
    assert!(get(&format!("{base}/logo.svg"), &strict).is_ok());
    for policy in [policy(), strict] {
        let error = get(&format!("{base}/to/http://localhost:{port}/logo.svg"), &policy).unwrap_err();
        let refused = matches!(error.problem, Problem::Redirect { reason: Refusal::Unencrypted, .. });
        assert!(refused, "{error:?}");
    }
    let problem = refusal(&format!("https://127.0.0.1:{port}/"));
    assert!(matches!(problem, Problem::Tls(_)), "the certificate is for another name: {problem:?}");

    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://{}/", silent.local_addr().unwrap());
    let limits = Limits { connect: Duration::from_millis(300), ..policy().limits };
    let problem = get(&url, &Policy { limits, ..policy() }).unwrap_err().problem;
    assert!(matches!(problem, Problem::Slow { is_connected: false, .. }), "{problem:?}");
}
