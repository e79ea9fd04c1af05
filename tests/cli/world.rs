//! A stand-in site and a project in a folder of their own, and the program run on them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use rebrand::brand::OWN;
use rebrand::demo::sites::{self, Year};
use rebrand::js::{Dialect, Document, Known};
use rebrand::text::Text;
use rebrand::value::{KeyPath, Value};
use tempfile::TempDir;

/// The file that all hosts share.
pub(crate) const INTERFACE: &str = "usr/share/jitsi-meet/interface_config.js";
/// One host's own file.
pub(crate) const HOST: &str = "etc/jitsi/meet/meet.publiccode.net-config.js";
/// The other host's.
pub(crate) const COMMUNITY: &str = "etc/jitsi/meet/meet.community.publiccode.net-config.js";

/// A brand of three wishes, which the two layouts carry in different files.
pub(crate) const BRAND: &str = r#"[brand]
home = "https://publiccode.net/"

[people]
remote = "fellow Public Coder"

[logo]
source = "logo.svg"
"#;

/// A site below `site/` and a project below `project/`.
pub(crate) struct World {
    folder: TempDir,
}

/// What a run of the program came to.
pub(crate) struct Run {
    /// Its exit status.
    pub(crate) status: i32,
    /// Its standard output.
    pub(crate) out: String,
    /// Its standard error.
    pub(crate) err: String,
}

/// All files of a site, but for our own records of it.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

impl World {
    /// The stand-in of `year`, and a project with `brand`.
    pub(crate) fn new(year: Year, brand: &str) -> Self {
        let world = World { folder: TempDir::new().unwrap() };
        for (path, text) in sites::files(year) {
            world.put(path, text);
        }
        world.brand(brand);
        write(&world.project().join("brand/logo.svg"), OWN.1.as_bytes());
        world
    }

    /// The same, with the brand in force.
    pub(crate) fn branded(year: Year, brand: &str) -> Self {
        let world = World::new(year, brand);
        world.run(&["apply", "--yes"]).is(0);
        world
    }

    pub(crate) fn site(&self) -> PathBuf {
        self.folder.path().join("site")
    }

    pub(crate) fn project(&self) -> PathBuf {
        self.folder.path().join("project")
    }

    /// Writes a file of the site.
    pub(crate) fn put(&self, path: &str, bytes: impl AsRef<[u8]>) {
        write(&self.site().join(path), bytes.as_ref());
    }

    /// Writes `brand.toml`.
    pub(crate) fn brand(&self, text: &str) {
        write(&self.project().join("brand/brand.toml"), text.as_bytes());
    }

    /// Writes a file of `patches/`.
    pub(crate) fn patch(&self, name: &str, text: &str) {
        write(&self.project().join("patches").join(name), text.as_bytes());
    }

    /// A file of the site.
    pub(crate) fn text(&self, path: &str) -> String {
        fs::read_to_string(self.site().join(path)).unwrap()
    }

    /// Changes a file of the site as its owner does, with an editor.
    pub(crate) fn edit(&self, path: &str, from: &str, to: &str) {
        let text = self.text(path);
        assert!(text.contains(from), "`{from}` stands in {path}");
        self.put(path, text.replacen(from, to, 1));
    }

    /// The value of `key` in a file of the site, for whoever evaluates it.
    pub(crate) fn value(&self, path: &str, key: &str) -> Option<Value> {
        let root = if path == INTERFACE { "interfaceConfig" } else { "config" };
        let document = Document::parse(Text::from(self.text(path)), Dialect::Script(root)).unwrap();
        document.value(&KeyPath::dotted(key)).and_then(Known::to_value)
    }

    /// Every file of the site, but for our records below `var/lib/rebrand`.
    pub(crate) fn files(&self) -> Files {
        let mut files = files(&self.site());
        files.retain(|path, _| !path.starts_with("var/lib/rebrand/"));
        files
    }

    /// Runs the program on this site and project, with nobody at the terminal.
    pub(crate) fn run(&self, args: &[&str]) -> Run {
        let (site, project) = (self.site(), self.project());
        let mut all = vec!["--root", site.to_str().unwrap(), "-C", project.to_str().unwrap()];
        all.extend(args);
        rebrand(self.folder.path(), &all)
    }

    /// Runs the program, which must refuse with `status` and leave every file as it is.
    pub(crate) fn refuses(&self, args: &[&str], status: i32) -> Run {
        let before = self.files();
        let run = self.run(args);
        run.is(status);
        assert!(before == self.files(), "a file of the site differs after {args:?}\n{}", run.err);
        run
    }
}

impl Run {
    /// Fails if the status is not `status`.
    pub(crate) fn is(&self, status: i32) -> &Self {
        assert_eq!(self.status, status, "\n{}\n{}", self.out, self.err);
        self
    }

    /// Fails if standard output does not hold every one of `parts`.
    pub(crate) fn prints(&self, parts: &[&str]) -> &Self {
        for part in parts {
            assert!(self.out.contains(part), "`{part}` is not printed:\n{}\n{}", self.out, self.err);
        }
        self
    }

    /// Fails if standard error does not hold every one of `parts`.
    pub(crate) fn says(&self, parts: &[&str]) -> &Self {
        for part in parts {
            assert!(self.err.contains(part), "`{part}` is not said:\n{}", self.err);
        }
        self
    }

    /// Standard output as JSON.
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}", self.out))
    }
}

/// Runs the program in `folder`.
pub(crate) fn rebrand(folder: &Path, args: &[&str]) -> Run {
    let done = Command::new(env!("CARGO_BIN_EXE_rebrand"))
        .args(args)
        .current_dir(folder)
        .stdin(Stdio::null())
        .env_remove("CLICOLOR_FORCE")
        .output()
        .unwrap();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let status = done.status.code().expect("it was not killed");
    assert!(!text(&done.stderr).contains("panicked"), "{}", text(&done.stderr));
    Run { status, out: text(&done.stdout), err: text(&done.stderr) }
}

/// Every file below `folder`, by its path in it.
pub(crate) fn files(folder: &Path) -> Files {
    let mut found = Files::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_symlink() {
                found.insert(name(folder, &path), b"a link".to_vec());
            } else if path.is_dir() {
                folders.push(path);
            } else {
                found.insert(name(folder, &path), fs::read(&path).unwrap());
            }
        }
    }
    found
}

fn name(folder: &Path, path: &Path) -> String {
    path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned()
}

fn write(path: &Path, bytes: &[u8]) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}
