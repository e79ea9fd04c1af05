//! Sources on the network: fetched by `lock` alone, kept in the project, and never changed without being asked.
//!
//! The server is on 127.0.0.1, with a certificate that only the program under test is told to trust.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::path::Path;
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::thread;

use rcgen::CertifiedKey;
use rebrand::brand::OWN;
use rebrand::demo::sites::Year;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use crate::{Run, World};

/// A server of one file.
struct Server {
    port: u16,
    certificate: tempfile::NamedTempFile,
    file: Arc<Mutex<String>>,
    /// The requests that it answered with the file.
    sent: Arc<Mutex<usize>>,
}

impl Server {
    fn new(file: &str) -> Self {
        let CertifiedKey { cert, signing_key } =
            rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(signing_key.serialize_der()));
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config =
            ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
        let config = config.with_no_client_auth().with_single_cert(vec![cert.der().clone()], key).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let certificate = tempfile::NamedTempFile::new().unwrap();
        fs::write(certificate.path(), cert.pem()).unwrap();
        let server =
            Server { port, certificate, file: Arc::new(Mutex::new(file.to_owned())), sent: Arc::default() };
        let (config, file, sent) = (Arc::new(config), Arc::clone(&server.file), Arc::clone(&server.sent));
        thread::spawn(move || {
            for stream in listener.incoming() {
                let connection = ServerConnection::new(Arc::clone(&config)).unwrap();
                let mut stream = StreamOwned::new(connection, stream.unwrap());
                let mut head = Vec::new();
                let mut byte = [0];
                while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte).is_ok_and(|read| read == 1) {
                    head.push(byte[0]);
                }
                let file = file.lock().unwrap().clone();
                let etag = format!("\"{}\"", file.len());
                let is_known = String::from_utf8_lossy(&head).contains(&etag);
                let answer = if is_known {
                    "HTTP/1.1 304 Not Modified\r\nContent-Length: 0\r\n\r\n".to_owned()
                } else {
                    *sent.lock().unwrap() += 1;
                    format!("HTTP/1.1 200 OK\r\nETag: {etag}\r\nContent-Length: {}\r\n\r\n{file}", file.len())
                };
                // An error is the client's leave.
                let _ = stream.write_all(answer.as_bytes()).and_then(|()| stream.flush());
                stream.conn.send_close_notify();
                let _ = stream.flush();
            }
        });
        server
    }

    fn link(&self) -> String {
        format!("https://localhost:{}/brand/mark.svg?size=1", self.port)
    }

    /// `lock` with `arguments`, by a program that trusts the server.
    fn lock(&self, world: &World, arguments: &[&str]) -> Run {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rebrand"));
        command.arg("-C").arg(world.folder.path().join("project")).arg("--root").arg(world.site());
        command.arg("lock").args(arguments).env("SSL_CERT_FILE", self.certificate.path());
        let done = command.env_remove("SSL_CERT_DIR").output().unwrap();
        Run {
            status: done.status.code(),
            said: String::from_utf8([done.stdout, done.stderr].concat()).unwrap(),
        }
    }
}

fn fetched(world: &World) -> Vec<String> {
    let names = fs::read_dir(world.brand().join("fetched")).unwrap();
    names.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

fn lock_of(world: &World) -> String {
    fs::read_to_string(world.brand().join("brand.lock")).unwrap()
}

#[test]
fn a_link_is_fetched_once_pinned_and_taken_anew_only_when_asked() {
    let server = Server::new(OWN.1);
    let world = World::new(Year::Y2026, &format!("[logo]\nsource = \"{}\"\n", server.link()));
    server.lock(&world, &[]).is(0, &["icon-512"]);
    let kept = fetched(&world);
    assert_eq!(kept.len(), 1);
    assert!(kept[0].starts_with("mark-") && Path::new(&kept[0]).extension().unwrap() == "svg", "{kept:?}");
    assert_eq!(fs::read_to_string(world.brand().join("fetched").join(&kept[0])).unwrap(), OWN.1);
    let lock = lock_of(&world);
    assert!(lock.contains(&server.link()) && lock.contains("etag = "), "{lock}");

    // Neither applying nor checking needs the network; asking again sends nothing twice.
    world.run(&["apply", "--yes", "--locked"]).is(0, &["applied"]);
    world.run(&["lock", "--check"]).is(0, &[]);
    world.run(&["--offline", "lock"]).is(0, &[]);
    server.lock(&world, &[]).is(0, &[]);
    assert_eq!(*server.sent.lock().unwrap(), 1);
    assert_eq!(lock_of(&world), lock);

    // Another picture there is told, and stays out until it is asked for.
    *server.file.lock().unwrap() = OWN.1.replace("<svg", "<svg  ").replace("#f", "#e");
    server.lock(&world, &[]).is(1, &["shows another picture now, and stays as it is pinned", "--upgrade"]);
    assert_eq!(lock_of(&world), lock);
    let sheet = world.folder.path().join("sheet.html");
    server
        .lock(&world, &["--sheet", sheet.to_str().unwrap()])
        .is(1, &["`rebrand lock --sheet FILE` shows both side by side"]);
    let page = fs::read_to_string(&sheet).unwrap();
    assert!(page.contains("Not taken yet: what") && page.contains("alt=\"pinned\""), "{page}");
    assert!(page.contains("alt=\"new\"") && !page.contains("src=\"http"));
    assert_eq!(fetched(&world), kept);

    server.lock(&world, &["--upgrade"]).is(0, &["is another one than was pinned"]);
    let now = fetched(&world);
    assert_eq!(now.len(), 1, "what nothing names any more is not kept: {now:?}");
    assert_ne!(now, kept);
    assert_ne!(lock_of(&world), lock);
    world.run(&["check"]).is(1, &[]);
    world.run(&["apply", "--yes", "--locked"]).is(0, &["applied"]);
}

#[test]
fn a_link_that_shows_no_picture_any_more_leaves_what_is_pinned() {
    let server = Server::new(OWN.1);
    let world = World::new(Year::Y2026, &format!("[logo]\nsource = \"{}\"\n", server.link()));
    server.lock(&world, &[]).is(0, &[]);
    let (lock, kept) = (lock_of(&world), fetched(&world));
    *server.file.lock().unwrap() = "<!doctype html><title>Gone</title>".to_owned();
    server.lock(&world, &[]).is(1, &["stays as it is pinned", "no pictures can be made of the new one"]);
    server.lock(&world, &["--upgrade"]).is(2, &["is a web page, not a picture"]);
    assert_eq!((lock_of(&world), fetched(&world)), (lock, kept));
    world.run(&["apply", "--yes", "--locked"]).is(0, &["applied"]);
}

#[test]
fn what_no_picture_can_be_made_of_is_not_kept() {
    for broken in ["<svg xmlns=\"http://www.w3.org/2000/svg\"><g></svg>", "\u{0}\u{0}\u{1}\u{0}broken"] {
        let server = Server::new(broken);
        let world = World::new(Year::Y2026, &format!("[logo]\nsource = \"{}\"\n", server.link()));
        server.lock(&world, &[]).is(2, &["failed to make pictures of", "does not decode as"]);
        assert!(!world.brand().join("brand.lock").exists() && !world.brand().join("fetched").exists());
    }
}

#[test]
fn what_is_no_picture_is_not_kept() {
    let server = Server::new("<!doctype html><title>Log in</title>");
    let world = World::new(Year::Y2026, &format!("[logo]\nsource = \"{}\"\n", server.link()));
    server.lock(&world, &[]).is(2, &["is a web page, not a picture"]);
    assert!(!world.brand().join("brand.lock").exists() && !world.brand().join("fetched").exists());
}

#[test]
fn a_server_that_nobody_trusts_is_told() {
    let server = Server::new(OWN.1);
    let world = World::new(Year::Y2026, &format!("[logo]\nsource = \"{}\"\n", server.link()));
    world.run(&["lock"]).is(2, &[&server.link()]);
    assert!(!world.brand().join("brand.lock").exists());
}
