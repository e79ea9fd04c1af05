//! The real servers: started on 127.0.0.1 with a configuration of ours, asked, and ended.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use rebrand::webserver::{Answer, Served};

use super::site::Site;
use crate::skip::skip;

/// A server that runs until it is dropped.
pub(crate) struct Server {
    process: Child,
    port: u16,
}

/// What a server sent.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) body: String,
    pub(crate) location: Option<String>,
}

/// A port that nobody listens on.
pub(crate) fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

impl Server {
    /// nginx with the `etc/nginx/nginx.conf` of `site`; nothing where it is not installed.
    pub(crate) fn nginx(site: &Site, port: u16) -> Option<Self> {
        let main = site.path("etc/nginx/nginx.conf");
        let arguments = [
            "-p",
            site.folder(),
            "-c",
            main.to_str().unwrap(),
            "-e",
            "stderr",
            "-g",
            "daemon off; master_process off;",
        ];
        Server::start("nginx", &arguments, port)
    }

    /// Apache with the `etc/apache2/apache2.conf` of `site`; nothing where it is not installed.
    pub(crate) fn apache(site: &Site, port: u16) -> Option<Self> {
        let main = site.path("etc/apache2/apache2.conf");
        let arguments = ["-d", site.folder(), "-f", main.to_str().unwrap(), "-X"];
        Server::start("apache2", &arguments, port)
    }

    fn start(program: &str, arguments: &[&str], port: u16) -> Option<Self> {
        let folders = "/usr/sbin:/usr/bin:/sbin:/bin";
        let started = Command::new(program)
            .args(arguments)
            .env("PATH", folders)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        let Ok(process) = started else {
            skip(format_args!("{program} is not installed; `tests/install-parts.sh --apt` installs it"));
            return None;
        };
        let mut server = Server { process, port };
        let begun = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            let ended = server.process.try_wait().unwrap();
            assert!(ended.is_none(), "{program} ended: {ended:?}");
            assert!(begun.elapsed() < Duration::from_secs(20), "{program} does not listen");
            std::thread::sleep(Duration::from_millis(20));
        }
        Some(server)
    }

    /// Asks for `path` of `host`.
    pub(crate) fn ask(&self, host: &str, path: &str) -> Reply {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        write!(stream, "GET {path} HTTP/1.0\r\nHost: {host}\r\n\r\n").unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        let header =
            |line: &str| line.split_once(": ").map(|(name, value)| (name.to_lowercase(), value.to_owned()));
        let location = head.lines().filter_map(header).find(|(name, _)| name == "location");
        Reply { status, body: body.to_owned(), location: location.map(|(_, value)| value) }
    }

    /// Fails if the server does not do with `path` what was `said`.
    pub(crate) fn agrees(&self, host: &str, path: &str, said: &Served) {
        let reply = self.ask(host, path);
        let agrees = match &said.answer {
            Answer::File(file) => {
                let rest = reply.body.strip_prefix(&format!("{file}|"));
                let is_sent = reply.status == 200 && rest.is_some();
                is_sent && (rest == Some("|")) == said.manner.includes
            }
            Answer::Missing(_) => reply.status == 404,
            Answer::Status(code) => reply.status == *code,
            Answer::Redirect(to) => {
                let path = to.split_once("://").and_then(|(_, rest)| rest.find('/').map(|at| &rest[at..]));
                let path = path.unwrap_or(to);
                (300..400).contains(&reply.status)
                    && reply.location.as_ref().is_some_and(|at| at.ends_with(path))
            }
            Answer::Proxied(_) => (502..=504).contains(&reply.status),
            Answer::Unknown(reason) => panic!("{path}: not known: {reason}; the server sends {reply:?}"),
        };
        assert!(agrees, "{path}: said {said:?}, and the server sends {reply:?}");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
