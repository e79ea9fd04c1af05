//! Scratch sites made from upstream's real files, the way the package makes them.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::skip::skip;
use serde_json::Value as Json;
use tempfile::TempDir;

/// The two hosts of the runbook.
pub(crate) const HOSTS: [&str; 2] = ["meet.publiccode.net", "meet.community.publiccode.net"];

/// The versions that are there, oldest first; none, and a word about it, where the folder is missing.
pub(crate) fn versions() -> Vec<String> {
    let Ok(entries) = fs::read_dir(upstream()) else {
        skip("`../shared/upstream` is not beside this checkout");
        return Vec::new();
    };
    let mut versions: Vec<String> = entries
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.starts_with("20"))
        .collect();
    versions.sort();
    versions
}

fn upstream() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/upstream")
}

/// A root with one version of upstream's files, and a project.
pub(crate) struct Scratch {
    folder: TempDir,
}

/// What a run of the program did.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) status: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// A logo that shows on every colour it may stand on, and fits the box of a meeting.
const LOGO: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 60"><rect width="80" height="60" rx="9" fill="#7a7a7a"/></svg>"##;

impl Scratch {
    /// A site with the client of one version and the `config.js` of another, under a folder that names neither.
    pub(crate) fn of(client: &str, config: &str, brand: &str) -> Self {
        let scratch = Scratch { folder: tempfile::tempdir().expect("a temporary folder") };
        write(&scratch.project().join("brand/brand.toml"), brand.as_bytes());
        write(&scratch.project().join("brand/logo.svg"), LOGO.as_bytes());
        scratch.reset(client, config);
        scratch
    }

    /// Puts the shipped files back, without a trace of earlier runs.
    pub(crate) fn reset(&self, client: &str, config: &str) {
        let _ = fs::remove_dir_all(self.root());
        let web = self.root().join("usr/share/jitsi-meet");
        let mut shipped = BTreeMap::new();
        collect(&upstream().join(client), &upstream().join(client), &mut shipped);
        shipped.retain(|file, _| file != "config.js" && !file.starts_with("doc/"));
        for (file, bytes) in shipped {
            write(&web.join(file), &bytes);
        }
        let template = fs::read_to_string(upstream().join(config).join("config.js")).expect("config.js");
        for (index, host) in HOSTS.iter().enumerate() {
            // nginx's variant of the second: the package does so where nginx is installed.
            let marker = "conference.<!--# echo var=\"subdomain\" default=\"\" -->jitsi-meet.example.com";
            let text = if index == 1 {
                template.replace("conference.jitsi-meet.example.com", marker)
            } else {
                template.clone()
            };
            let text = text.replace("jitsi-meet.example.com", host);
            write(&self.root().join(format!("etc/jitsi/meet/{host}-config.js")), text.as_bytes());
        }
    }

    /// Puts the `interface_config.js` of another version there.
    pub(crate) fn interface_config_of(&self, version: &str) {
        let name = "interface_config.js";
        let bytes = fs::read(upstream().join(version).join(name)).expect(name);
        write(&self.root().join("usr/share/jitsi-meet").join(name), &bytes);
    }

    /// Writes `index.html`.
    pub(crate) fn index(&self, text: &str) {
        write(&self.root().join("usr/share/jitsi-meet/index.html"), text.as_bytes());
    }

    /// Has dpkg know `jitsi-meet-web` in `version`, or not at all.
    pub(crate) fn package(&self, version: Option<&str>) {
        let entry = |version| {
            format!("Package: jitsi-meet-web\nStatus: install ok installed\nVersion: {version}\n\n")
        };
        let status = version.map(entry).unwrap_or_default();
        write(&self.root().join("var/lib/dpkg/status"), status.as_bytes());
    }

    /// Writes a file of `brand/`.
    pub(crate) fn asset(&self, name: &str, text: &str) {
        write(&self.project().join("brand").join(name), text.as_bytes());
    }

    /// Writes a file of the web client.
    pub(crate) fn web(&self, name: &str, text: &str) {
        write(&self.root().join("usr/share/jitsi-meet").join(name), text.as_bytes());
    }

    /// Writes a patch file.
    pub(crate) fn patch(&self, name: &str, text: &str) {
        write(&self.project().join(format!("patches/{name}.toml")), text.as_bytes());
    }

    /// Runs the program.
    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        let output = Command::new(env!("CARGO_BIN_EXE_rebrand"))
            .arg("-C")
            .arg(self.project())
            .arg("--root")
            .arg(self.root())
            .args(arguments)
            .output()
            .expect("the program runs");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
        Run {
            status: output.status.code().unwrap_or(-1),
            stdout: text(output.stdout),
            stderr: text(output.stderr),
        }
    }

    /// Applies `diff` to the root with git.
    pub(crate) fn git_apply(&self, diff: &str) {
        let mut git = Command::new("git")
            .args(["apply", "-p1", "--whitespace=nowarn"])
            .current_dir(self.root())
            .stdin(Stdio::piped())
            .spawn()
            .expect("git");
        git.stdin.take().expect("a pipe").write_all(diff.as_bytes()).expect("git reads");
        assert!(git.wait().expect("git").success(), "git refuses the diff");
    }

    /// Every file of the site with its bytes; our own state is none of the site.
    pub(crate) fn snapshot(&self) -> BTreeMap<String, Vec<u8>> {
        let mut files = BTreeMap::new();
        collect(&self.root(), &self.root(), &mut files);
        files.retain(|path, _| !path.starts_with("var/lib/rebrand"));
        files
    }

    /// What node makes of each configuration file; none where node is not installed.
    pub(crate) fn evaluated(&self) -> Option<BTreeMap<String, Json>> {
        const JUDGE: &str = "const fs = require('fs'), out = {};\
            for (const f of process.argv.slice(1)) { const n = f.endsWith('interface_config.js') ? 'interfaceConfig' : 'config';\
            out[f] = new Function('window', fs.readFileSync(f, 'utf8') + '\\n;return ' + n)({}); }\
            console.log(JSON.stringify(out))";
        let files: Vec<PathBuf> = self
            .snapshot()
            .into_keys()
            .filter(|path| path.ends_with("config.js"))
            .map(|path| self.root().join(path))
            .collect();
        let judged = Command::new("node").arg("-e").arg(JUDGE).arg("--").args(&files).output();
        let Ok(output) = judged else {
            eprintln!("not judged: node is not installed; tests/install-parts.sh installs it");
            return None;
        };
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        Some(serde_json::from_slice(&output.stdout).expect("JSON of node"))
    }

    fn root(&self) -> PathBuf {
        self.folder.path().join("root")
    }

    fn project(&self) -> PathBuf {
        self.folder.path().join("project")
    }
}

/// Every leaf of `value` by its path.
pub(crate) fn leaves(value: &Json) -> BTreeMap<String, Json> {
    fn walk(path: &str, value: &Json, found: &mut BTreeMap<String, Json>) {
        match value {
            Json::Object(members) => {
                for (name, value) in members {
                    walk(
                        &if path.is_empty() { name.clone() } else { format!("{path}.{name}") },
                        value,
                        found,
                    );
                }
            }
            leaf => {
                found.insert(path.to_owned(), leaf.clone());
            }
        }
    }
    let mut found = BTreeMap::new();
    walk("", value, &mut found);
    found
}

fn write(path: &Path, bytes: &[u8]) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
    fs::write(path, bytes).expect("a file");
}

fn collect(root: &Path, folder: &Path, files: &mut BTreeMap<String, Vec<u8>>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(root, &path, files);
        } else {
            let name = path.strip_prefix(root).expect("inside").to_string_lossy().into_owned();
            files.insert(name, fs::read(&path).expect("a file"));
        }
    }
}
