//! A healthy site with nginx, and what `doctor` says of it.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use rebrand::demo::sites::Year;
use serde_json::Value as Json;

use super::world::{World, write};

pub(crate) const HOST: &str = "meet.publiccode.net";
pub(crate) const SITE_FILE: &str = "etc/nginx/sites-available/meet.conf";

/// A healthy site.
pub(crate) struct Site {
    pub(crate) world: World,
}

/// What `doctor` came to.
pub(crate) struct Told {
    pub(crate) status: Option<i32>,
    problems: Vec<Json>,
    pub(crate) sent: Vec<Json>,
}

/// The server of `host`, with `inside` before its locations.
pub(crate) fn server(host: &str, inside: &str) -> String {
    format!(
        "server {{ listen 80; server_name {host}; location / {{ return 301 https://$host$request_uri; }} }}
server {{
    listen 443 ssl; server_name {host};
    root /usr/share/jitsi-meet; index index.html; error_page 404 /static/404.html;
    ssi on; ssi_types application/javascript;
    {inside}
    location = /config.js {{ alias /etc/jitsi/meet/{host}-config.js; }}
    location ~ ^/(libs|css|static|images)/(.*)$ {{
        alias /usr/share/jitsi-meet/$1/$2;
        if ($arg_v) {{ expires 1y; }}
    }}
    location ~ ^/([^/?&:'\"]+)$ {{ try_files $uri @root_path; }}
    location @root_path {{ rewrite ^/(.*)$ / break; }}
}}
"
    )
}

impl Site {
    /// A healthy site of two hosts, whose first has `inside` in its server.
    pub(crate) fn with(inside: &str) -> Self {
        let site = Site { world: World::bare(Year::Y2026, "[brand]\nname = \"Public Code Meet\"\n") };
        site.put(
            "etc/nginx/nginx.conf",
            "user www-data;\nhttp {\n  include mime.types;\n  include /etc/nginx/sites-enabled/*;\n}\n",
        );
        site.put(
            "etc/nginx/mime.types",
            "types { text/html html; application/javascript js; image/svg+xml svg; }",
        );
        site.put(SITE_FILE, &(server(HOST, inside) + &server("meet.community.publiccode.net", "")));
        fs::create_dir_all(site.world.site().join("etc/nginx/sites-enabled")).unwrap();
        // As Debian does: the link is of the machine whose `/` the root is.
        symlink(format!("/{SITE_FILE}"), site.world.site().join("etc/nginx/sites-enabled/meet.conf"))
            .unwrap();
        site.put("etc/passwd", "root:x:0:0::/root:/bin/sh\nwww-data:x:4033:4033::/var/www:/bin/false\n");
        site.put("etc/group", "root:x:0:\nwww-data:x:4033:\n");
        site
    }

    pub(crate) fn put(&self, path: &str, text: &str) {
        write(&self.world.site().join(path), text.as_bytes());
    }

    /// What `doctor` says.
    pub(crate) fn told(&self) -> Told {
        let before = state(&self.world.site());
        let done = Command::new(env!("CARGO_BIN_EXE_rebrand"))
            .arg("-C")
            .arg(self.world.folder.path().join("project"))
            .arg("--root")
            .arg(self.world.site())
            .args(["--json", "doctor"])
            .output()
            .unwrap();
        assert!(before == state(&self.world.site()), "doctor writes nothing");
        let said = String::from_utf8_lossy(&done.stdout).into_owned();
        let json: Json = serde_json::from_str(&said).unwrap_or_else(|error| panic!("{error}: {done:?}"));
        let list = |name: &str| json[name].as_array().unwrap().clone();
        assert_eq!(json["ok"], done.status.code() == Some(0));
        Told { status: done.status.code(), problems: list("problems"), sent: list("sent") }
    }
}

/// Every name below `folder`, and when it was changed; links lead where the machine would, so they are not followed.
fn state(folder: &Path) -> BTreeMap<PathBuf, SystemTime> {
    let mut found = BTreeMap::new();
    let mut ahead = vec![folder.to_owned()];
    while let Some(next) = ahead.pop() {
        let metadata = fs::symlink_metadata(&next).unwrap();
        found.insert(next.clone(), metadata.modified().unwrap());
        if metadata.is_dir() {
            ahead.extend(fs::read_dir(&next).unwrap().map(|entry| entry.unwrap().path()));
        }
    }
    found
}

impl Told {
    /// That this and nothing else is told.
    pub(crate) fn is(&self, status: i32, expected: &[(&str, &str)]) {
        let text = |problem: &Json, name: &str| problem[name].as_str().unwrap().to_owned();
        let told: Vec<(String, String)> =
            self.problems.iter().map(|problem| (text(problem, "level"), text(problem, "what"))).collect();
        assert_eq!(self.status, Some(status), "{told:#?}");
        assert_eq!(told.len(), expected.len(), "{told:#?}");
        for ((level, what), (expected_level, part)) in told.iter().zip(expected) {
            assert!(
                level == expected_level && what.contains(part),
                "`{expected_level}: {part}` is not {told:#?}"
            );
        }
        for problem in &self.problems {
            assert!(!text(problem, "why").is_empty() && !text(problem, "hint").is_empty(), "{problem}");
        }
    }

    /// That this is told among others.
    pub(crate) fn says(&self, level: &str, part: &str) {
        let is_it = |problem: &Json| {
            problem["level"] == level && problem["what"].as_str().is_some_and(|what| what.contains(part))
        };
        assert!(self.problems.iter().any(is_it), "`{level}: {part}` is not {:#?}", self.problems);
    }

    /// That the first problem is told of this line.
    pub(crate) fn at(&self, file: &str, line: u64) {
        let place = &self.problems[0]["place"];
        assert_eq!((place["file"].as_str(), place["line"].as_u64()), (Some(file), Some(line)));
    }
}
