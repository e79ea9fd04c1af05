//! Upstream's own site file, where it lies beside the repository: read by the program and by nginx.

use std::fs;
use std::path::Path;

use super::nginx::{HOST, main_file, said};
use super::oracle::{Server, free_port};
use super::site::Site;
use crate::skip::skip;
use rebrand::webserver::Answer;

/// The server of upstream's site file of `year` that speaks HTTPS, without what needs a certificate; `@` for `/`.
fn upstream(year: &str) -> Option<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../shared/upstream")
        .join(year)
        .join("doc/jitsi-meet.example");
    let text = fs::read_to_string(path).ok()?.replace("jitsi-meet.example.com", HOST);
    let server = text.split("\nserver {\n").nth(2)?.trim_end().trim_end_matches('}');
    let is_kept = |line: &&str| {
        !["ssl_", "listen", "access_log", "server_name"]
            .iter()
            .any(|word| line.trim_start().starts_with(word))
    };
    let lines: Vec<&str> = server.lines().filter(is_kept).collect();
    Some(lines.join("\n").replace("/usr/share", "@/usr/share").replace("/etc/jitsi", "@/etc/jitsi"))
}

#[test]
fn every_branded_path_of_upstreams_site_files() {
    for year in ["2021-06", "2026-08"] {
        let Some(server) = upstream(year) else {
            skip(format_args!("../shared/upstream/{year} is not there"));
            continue;
        };
        let site = Site::new(&[
            "usr/share/jitsi-meet/index.html",
            "usr/share/jitsi-meet/title.html",
            "usr/share/jitsi-meet/interface_config.js",
            "usr/share/jitsi-meet/manifest.json",
            "usr/share/jitsi-meet/images/watermark.svg",
            "usr/share/jitsi-meet/static/close.html",
            "etc/jitsi/meet/meet.example.org-config.js",
        ]);
        let port = free_port();
        let http =
            "upstream prosody { server 127.0.0.1:9; } map $arg_vnode $prosody_node { default prosody; }";
        main_file(&site, port, http, &server);
        let web = format!("{}/usr/share/jitsi-meet", site.folder());
        let expected = [
            ("/", format!("{web}/index.html")),
            ("/room", format!("{web}/index.html")),
            ("/index.html", format!("{web}/index.html")),
            ("/title.html", format!("{web}/title.html")),
            ("/interface_config.js", format!("{web}/interface_config.js")),
            ("/manifest.json", format!("{web}/manifest.json")),
            ("/tenant/title.html", format!("{web}/title.html")),
            ("/images/watermark.svg", format!("{web}/images/watermark.svg")),
            ("/static/close.html", format!("{web}/static/close.html")),
            ("/config.js", format!("{}/etc/jitsi/meet/{HOST}-config.js", site.folder())),
            ("/tenant/config.js", format!("{}/etc/jitsi/meet/{HOST}-config.js", site.folder())),
            // What is not there is a room to upstream's site file.
            ("/favicon.ico", format!("{web}/index.html")),
        ];
        let real = Server::nginx(&site, port);
        for (path, file) in expected {
            let said = said(&site, path);
            assert_eq!(said.answer, Answer::File(file), "{year}: {path}");
            let is_parsed = !path.starts_with("/images") && path != "/manifest.json";
            assert_eq!(said.manner.includes, is_parsed, "{year}: {path}");
            if let Some(real) = &real {
                real.agrees(HOST, path, &said);
            }
        }
        for path in ["/images/none.svg", "/http-bind"] {
            let said = said(&site, path);
            if let Some(real) = &real {
                real.agrees(HOST, path, &said);
            }
        }
    }
}
