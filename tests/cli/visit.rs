//! `check --url`: a small web server on 127.0.0.1 that serves the site as nginx does, and every way it may not.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;

use rebrand::demo::sites::Year;

use crate::world::{BRAND, COMMUNITY, HOST, INTERFACE, World};

/// What is said instead of what would be served: a whole answer.
type Instead = dyn Fn(&str) -> Option<Vec<u8>> + Send + Sync;

/// A web server of a site with one host.
pub(crate) struct Server {
    port: u16,
}

/// Where a site lies, and which of its hosts is served.
pub(crate) struct Site {
    pub(crate) web: PathBuf,
    pub(crate) config: PathBuf,
}

/// The site of `world` with the host `config` alone.
pub(crate) fn only_with(world: &World, config: &str) -> Site {
    fs::remove_file(world.site().join(COMMUNITY)).unwrap();
    Site { web: world.site().join("usr/share/jitsi-meet"), config: world.site().join(config) }
}

impl Server {
    /// Serves `site`, but for the names for which there is something `instead`.
    pub(crate) fn new(site: Site, instead: impl Fn(&str) -> Option<Vec<u8>> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let shared: Arc<(Site, Box<Instead>)> = Arc::new((site, Box::new(instead)));
        thread::spawn(move || {
            for stream in listener.incoming() {
                let shared = Arc::clone(&shared);
                thread::spawn(move || serve(stream.unwrap(), &shared.0, &shared.1));
            }
        });
        Server { port }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}/", self.port)
    }
}

fn serve(mut stream: TcpStream, site: &Site, instead: &Instead) {
    let (mut head, mut byte) = (Vec::new(), [0]);
    while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte).is_ok_and(|count| count > 0) {
        head.push(byte[0]);
    }
    let head = String::from_utf8(head).unwrap();
    let name = head.split(' ').nth(1).unwrap_or("/").trim_start_matches('/').to_owned();
    let answer = instead(&name).unwrap_or_else(|| match site.served(&name) {
        Some(bytes) => with(&bytes, ""),
        None => b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n".to_vec(),
    });
    let _ = stream.write_all(&answer);
    let _ = stream.shutdown(Shutdown::Write);
    let _ = stream.read_to_end(&mut Vec::new());
}

impl Site {
    /// The file `name` as nginx sends it, with its server-side includes carried out.
    pub(crate) fn served(&self, name: &str) -> Option<Vec<u8>> {
        let path = match name {
            "" => self.web.join("index.html"),
            "config.js" => self.config.clone(),
            name => self.web.join(name),
        };
        let bytes = fs::read(path).ok()?;
        let ending = Path::new(name).extension().and_then(|ending| ending.to_str());
        if !matches!(ending, Some("html" | "js")) && !name.is_empty() {
            return Some(bytes);
        }
        Some(self.expanded(&String::from_utf8(bytes).unwrap()).into_bytes())
    }

    fn expanded(&self, text: &str) -> String {
        let Some((before, rest)) = text.split_once("<!--#") else { return text.to_owned() };
        let (directive, after) = rest.split_once("-->").unwrap();
        let quoted: Vec<&str> = directive.split('"').collect();
        let put_in = if directive.trim_start().starts_with("include") {
            let name = quoted[1].trim_start_matches('/');
            String::from_utf8(self.served(name).unwrap_or_default()).unwrap()
        } else {
            // An echo: the name of the host is known, the rest has its default.
            let is_host = quoted[1] == "http_host";
            if is_host { "meet.publiccode.net".to_owned() } else { quoted.get(3).unwrap_or(&"").to_string() }
        };
        format!("{before}{put_in}{}", self.expanded(after))
    }
}

/// An answer with `bytes`, and `headers` of its own.
pub(crate) fn with(bytes: &[u8], headers: &str) -> Vec<u8> {
    let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n{headers}\r\n", bytes.len());
    [head.as_bytes(), bytes].concat()
}

/// The whole brand of this repository, applied on a site of one host.
fn branded() -> (World, Site) {
    let world = World::new(Year::Y2026, &BRAND.replace("[brand]", "[brand]\nname = \"Public Code Meet\""));
    let site = only_with(&world, HOST);
    world.run(&["apply", "--yes"]).is(0);
    (world, site)
}

/// What the visit says when `instead` is served.
pub(crate) fn visited(
    (world, site): (World, Site),
    status: i32,
    instead: impl Fn(&str) -> Option<Vec<u8>> + Send + Sync + 'static,
) -> String {
    let server = Server::new(site, instead);
    let before = world.files();
    let run = world.run(&["check", "--url", &server.url()]);
    run.is(status);
    assert!(before == world.files(), "nothing is written");
    run.err
}

#[track_caller]
pub(crate) fn says(told: &str, parts: &[&str]) {
    for part in parts {
        assert!(told.contains(part), "`{part}` is not in:\n{told}");
    }
}

#[test]
fn a_site_that_is_served_as_it_lies_there_is_as_wished() {
    let told = visited(branded(), 0, |_| None);
    says(&told, &["are as wished"]);
    assert!(!told.contains("error"), "{told}");
}

#[test]
fn a_copy_without_the_brand_is_found() {
    let (world, site) = branded();
    let shipped = World::new(Year::Y2026, BRAND).text(HOST).into_bytes();
    let told = visited((world, site), 1, move |name| (name == "config.js").then(|| with(&shipped, "")));
    says(
        &told,
        &["config.js` does not bring `brand.name`, `people.remote`, `logo.source`", "as it was shipped"],
    );
    says(&told, &["no cache shows itself", "`rebrand doctor`"]);
    assert_eq!(told.matches("error").count(), 1, "only the one that differs:\n{told}");
}

#[test]
fn a_page_or_a_drawing_of_another_type_is_found() {
    let (world, site) = branded();
    let page = world.text("usr/share/jitsi-meet/index.html");
    let told = visited((world, site), 1, move |name| match name {
        "" => Some(with(page.as_bytes(), "Content-Type: text/plain\r\n")),
        name if name.starts_with("images/rebrand/logo-") => {
            Some(with(b"<svg/>", "Content-Type: application/octet-stream\r\n"))
        }
        _ => None,
    });
    says(&told, &["/` is sent as `text/plain`", ".svg` is sent as `application/octet-stream`", "mime.types"]);
}

/// A translation is wished as a whole: another one is not it.
#[test]
fn a_translation_of_somebody_else_is_found() {
    let world = World::new(Year::Y2026, &BRAND.replace("[brand]", "[brand]\nname = \"Public Code Meet\""));
    let german = "usr/share/jitsi-meet/lang/main-de.json";
    world.put(german, "{ \"a\": \"Jitsi Meet unterwegs\" }\n");
    let site = only_with(&world, HOST);
    world.run(&["apply", "--yes"]).is(0);
    let told = visited((world, site), 1, |name| name.ends_with("main-de.json").then(|| with(b"{}", "")));
    says(&told, &["lang/main-de.json` is not"]);
    assert_eq!(told.matches("error").count(), 1, "only the one that differs:\n{told}");
}

#[test]
fn a_cache_shows_itself() {
    let (world, site) = branded();
    let shipped = World::new(Year::Y2026, BRAND).text(INTERFACE).into_bytes();
    let headers = "Age: 3600\r\nCF-Cache-Status: HIT\r\nCache-Control: max-age=14400\r\n";
    let told = visited((world, site), 1, move |name| {
        (name == "interface_config.js").then(|| with(&shipped, headers))
    });
    says(
        &told,
        &[
            "does not bring `brand.name`, `brand.home`",
            "a cache answered (`age: 3600`, `cf-cache-status: HIT`, with",
            "14400",
        ],
    );
}

#[test]
fn a_copy_of_an_earlier_brand_is_found() {
    let (world, site) = branded();
    let old = world.text(HOST);
    world.brand(&BRAND.replace("fellow Public Coder", "fellow guest"));
    world.run(&["apply", "--yes"]).is(0);
    let told = visited((world, site), 1, move |name| (name == "config.js").then(|| with(old.as_bytes(), "")));
    says(&told, &["does not bring `people.remote`", "`defaultRemoteDisplayName` is \"fellow Public Coder\""]);
    assert!(!told.contains("`logo.source`"), "the logo is as wished:\n{told}");
}

#[test]
fn what_apply_has_not_written_yet_is_no_fault_of_the_server() {
    let (world, site) = branded();
    world.brand(&BRAND.replace("fellow Public Coder", "fellow guest"));
    let told = visited((world, site), 1, |_| None);
    says(&told, &["what lies on the disk, and `apply` would change that", "`rebrand apply`"]);
}

#[test]
fn a_page_instead_of_a_picture_is_found() {
    let told = visited(branded(), 1, |name| {
        name.contains("images/rebrand/").then(|| with(b"<!DOCTYPE html>\n<html><title>x</title></html>", ""))
    });
    says(&told, &["images/rebrand/logo-", "sends a page, as it does for a file that it does not find"]);
}

#[test]
fn a_picture_that_is_not_there_or_may_not_be_read() {
    let told = visited(branded(), 1, |name| {
        let is_logo = name.contains("images/rebrand/");
        is_logo.then(|| b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n".to_vec())
    });
    says(
        &told,
        &["the server answers 404", "looks elsewhere than at `/usr/share/jitsi-meet/images/rebrand/"],
    );
    let told = visited(branded(), 1, |name| {
        let is_logo = name.contains("images/rebrand/");
        is_logo.then(|| b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n".to_vec())
    });
    says(&told, &["the server answers 403", "may not read"]);
}

#[test]
fn server_side_includes_that_are_off_are_found() {
    let (world, site) = branded();
    let index = fs::read(site.web.join("index.html")).unwrap();
    let told = visited((world, site), 1, move |name| name.is_empty().then(|| with(&index, "")));
    says(&told, &["server-side includes are off", "`ssi on;`"]);
    assert_eq!(told.matches("error").count(), 1, "{told}");
}

/// A front end that serves a page of its own, whatever the server behind it does: the title and both configurations
/// in it are not the brand's.
#[test]
fn a_frozen_page_lacks_what_is_put_into_it() {
    let other = World::new(Year::Y2026, BRAND);
    let frozen = Site { web: other.site().join("usr/share/jitsi-meet"), config: other.site().join(HOST) };
    let page = frozen.served("").unwrap();
    let told = visited(branded(), 1, move |name| name.is_empty().then(|| with(&page, "")));
    says(&told, &["does not bring `brand.name`, `logo.source` of `title.html`", "of `interface_config.js`"]);
    says(&told, &["`people.remote`, `logo.source` of `meet.publiccode.net-config.js`"]);
}

#[test]
fn a_name_that_is_none_of_the_hosts_is_told() {
    let world = World::branded(Year::Y2026, BRAND);
    let site = Site { web: world.site().join("usr/share/jitsi-meet"), config: world.site().join(HOST) };
    let told = visited((world, site), 1, |_| None);
    says(
        &told,
        &["`127.0.0.1` is none of the hosts here", "meet.community.publiccode.net, meet.publiccode.net"],
    );
}

/// The named address may be private and unencrypted; nothing that it leads to may.
#[test]
fn a_redirect_leads_into_no_private_network() {
    let secret = Server::new(branded().1, |_| Some(with(b"secret", "")));
    let to = format!("HTTP/1.1 302 Found\r\nLocation: {}\r\nContent-Length: 0\r\n\r\n", secret.url());
    let told = visited(branded(), 1, move |name| (name == "config.js").then(|| to.clone().into_bytes()));
    says(&told, &["redirects to `http://127.0.0.1:", "which is not encrypted any more"]);
}

#[test]
fn a_server_that_is_not_there_is_trouble() {
    let world = World::branded(Year::Y2026, BRAND);
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let url = format!("http://127.0.0.1:{free}/");
    world.refuses(&["check", "--url", &url], 2).says(&["cannot be reached"]);
    world.refuses(&["check", "--offline", "--url", &url], 2).says(&["`--offline`"]);
    world.refuses(&["check", "--url", "meet.example.org"], 2).says(&["is no web address"]);
    world.refuses(&["check", "--url", &url, "--monitor"], 3);
}

/// What is told of one server is told of all its names in one order.
#[test]
fn a_document_lists_the_same() {
    let (world, site) = branded();
    let server = Server::new(site, |name| (name == "config.js").then(|| with(b"var config = {};", "")));
    let run = world.run(&["--json", "check", "--url", &server.url()]);
    let json = run.is(1).json();
    assert_eq!(json["ok"], false);
    assert_eq!(json["url"], server.url());
    let messages: BTreeMap<usize, &str> = json["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["message"].as_str().unwrap())
        .enumerate()
        .collect();
    assert_eq!(messages.len(), 1, "{messages:?}");
    assert!(
        messages[&0].contains("a file without the brand") || messages[&0].contains("in which"),
        "{messages:?}"
    );
}
