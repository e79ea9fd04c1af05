//! The site of the sweeps: a small root with a database of the real dpkg, and two versions of its package.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::{Mutex, OnceLock};

use rebrand::demo::sites::{Year, files, upgrade};
use rebrand::js::{Dialect, Document};
use rebrand::text::Text;
use tempfile::TempDir;

use super::{has, scratch};
use crate::skip::skip;

/// The files of a version of the package, by their path.
pub(crate) type Version = BTreeMap<String, String>;

/// A root.
pub(crate) struct Site(Result<TempDir, PathBuf>);

/// A deed, with the site before it.
pub(crate) struct Scene {
    pub(crate) deed: &'static str,
    pub(crate) before: Site,
    /// The package of an upgrade.
    pub(crate) newer: Version,
    /// What each file of the client may be at any moment.
    wholes: BTreeMap<String, BTreeSet<Vec<u8>>>,
}

/// Enabling, applying a changed brand, and giving back; none where they cannot be played.
pub(crate) fn scenes() -> Option<&'static [Scene]> {
    static SCENES: OnceLock<Option<Vec<Scene>>> = OnceLock::new();
    let scenes = SCENES.get_or_init(set).as_deref();
    if scenes.is_none() {
        skip("it needs root, a strace that may trace, and dpkg (`tests/install-parts.sh`)");
    }
    scenes
}

fn set() -> Option<Vec<Scene>> {
    let missing: Vec<_> =
        ["strace", "dpkg", "dpkg-deb", "dpkg-divert"].into_iter().filter(|name| !has(name)).collect();
    let can_trace =
        || Command::new("strace").args(["-qq", "-o", "/dev/null", "true"]).status().unwrap().success();
    if !missing.is_empty() || !rustix::process::geteuid().is_root() || !can_trace() {
        return None;
    }
    let first: Version =
        upgrade(Year::Y2026).map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    let mut newer = first.clone();
    for (path, text) in &mut newer {
        if is_script(path) {
            *text = format!("// of the next version\n{text}");
        } else if path.ends_with("title.html") {
            *text += "<!-- of the next version -->\n";
        }
    }
    let shipped = Site(Err(fresh("shipped")));
    for (path, text) in files(Year::Y2026).iter().filter(|(path, _)| path.starts_with("etc/")) {
        shipped.put(path, text);
    }
    shipped.brand("Public Code Meet");
    shipped.install(&first);
    let branded = shipped.kept("branded");
    assert!(branded.run(&["apply", "--yes"]).status.success());
    let renamed = branded.kept("renamed");
    renamed.brand("Public Code Community");
    let wished = renamed.kept("wished");
    assert!(wished.run(&["apply", "--yes"]).status.success());
    let states = [&shipped, &branded, &wished];
    let mut wholes: BTreeMap<String, BTreeSet<Vec<u8>>> = BTreeMap::new();
    for path in first.keys() {
        let all = wholes.entry(path.clone()).or_default();
        all.extend(states.iter().map(|site| fs::read(site.root().join(path)).unwrap()));
        all.insert(newer[path].clone().into_bytes());
    }
    let scene = |deed, before| Scene { deed, before, newer: newer.clone(), wholes: wholes.clone() };
    Some(vec![scene("apply", shipped), scene("apply", renamed), scene("restore", branded)])
}

/// Upgrades and downgrades between which a key moves from one file to another, before the brand follows it. Nothing is
/// asked of whole files here.
pub(crate) fn moves() -> Option<[Scene; 2]> {
    scenes()?;
    let [old, new] = [Year::Y2021, Year::Y2026].map(|year| -> Version {
        upgrade(year).map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
    });
    let scene = |deed: &str, from: &Version, to: &Version| {
        let before = Site(Err(fresh(deed)));
        for (path, text) in files(Year::Y2021).iter().filter(|(path, _)| path.starts_with("etc/")) {
            before.put(path, text);
        }
        before.put("etc/rebrand/brand/brand.toml", "[people]\nremote = \"fellow Public Coder\"\n");
        before.install(from);
        assert!(before.run(&["apply", "--yes"]).status.success());
        before.install(to);
        Scene { deed: "apply", before, newer: to.clone(), wholes: BTreeMap::new() }
    };
    Some([scene("upgrade", &old, &new), scene("downgrade", &new, &old)])
}

/// Enabling, a changed brand, and giving back, where nginx takes the files from the generation in force.
pub(crate) fn overlays() -> Option<[Scene; 3]> {
    let newer = scenes()?.first()?.newer.clone();
    let first: Version =
        upgrade(Year::Y2026).map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    let shipped = Site(Err(fresh("overlay")));
    for (path, text) in files(Year::Y2026).iter().filter(|(path, _)| path.starts_with("etc/")) {
        shipped.put(path, text);
    }
    let server = "server { server_name meet.publiccode.net meet.community.publiccode.net; \
                  include /etc/jitsi/meet/jaas/*.conf; }";
    shipped.put("etc/nginx/nginx.conf", &format!("events {{}}\nhttp {{ {server} }}\n"));
    shipped.overlay("Public Code Meet");
    shipped.install(&first);
    let branded = shipped.kept("overlay-branded");
    assert!(branded.run(&["apply", "--yes"]).status.success());
    let renamed = branded.kept("overlay-renamed");
    renamed.overlay("Public Code Community");
    let scene = |deed, before| Scene { deed, before, newer: newer.clone(), wholes: BTreeMap::new() };
    Some([scene("apply", shipped), scene("apply", renamed), scene("restore", branded)])
}

impl Scene {
    pub(crate) fn command(&self, site: &Site) -> Command {
        site.command(&[self.deed, "--yes", "--quiet"])
    }

    /// That every file of the client is there and whole, right now.
    pub(crate) fn whole(&self, site: &Site, what: &str) {
        let torn = self.torn(site);
        assert!(torn.is_empty(), "{what}: missing or torn: {torn:?}");
    }

    /// The files of the client that are missing, or are none of what they may be.
    pub(crate) fn torn(&self, site: &Site) -> Vec<String> {
        let is_torn = |path: &&String| {
            let bytes = fs::read(site.root().join(path));
            !bytes.is_ok_and(|bytes| self.wholes[*path].contains(&bytes) || parses(path, &bytes))
        };
        self.wholes.keys().filter(is_torn).cloned().collect()
    }
}

fn is_script(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|end| end == "js")
}

/// Whether a script that was made anew from another base is one that loads.
fn parses(path: &str, bytes: &[u8]) -> bool {
    let text = Text::from_bytes(bytes);
    is_script(path)
        && text.is_ok_and(|text| Document::parse(text, Dialect::Script("interfaceConfig")).is_ok())
}

impl Site {
    pub(crate) fn root(&self) -> &Path {
        self.0.as_ref().map_or_else(PathBuf::as_path, TempDir::path)
    }

    /// A copy that goes with the test.
    pub(crate) fn copy(&self) -> Site {
        let folder = tempfile::tempdir().unwrap();
        copied(self.root(), folder.path());
        Site(Ok(folder))
    }

    /// A copy in the folder `folder`.
    pub(crate) fn copy_to(&self, folder: &Path) -> Site {
        let root = folder.join("root");
        fs::create_dir(&root).unwrap();
        copied(self.root(), &root);
        Site(Err(root))
    }

    /// A copy that is left behind for a look; the next run makes it anew.
    fn kept(&self, name: &str) -> Site {
        let folder = fresh(name);
        copied(self.root(), &folder);
        Site(Err(folder))
    }

    fn put(&self, path: &str, text: &str) {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn overlay(&self, name: &str) {
        let text = format!("[brand]\nname = \"{name}\"\n[files]\noverlay = true\n");
        self.put("etc/rebrand/brand/brand.toml", &text);
    }

    fn brand(&self, name: &str) {
        let text = format!("[brand]\nname = \"{name}\"\nhome = \"https://publiccode.net/\"\n");
        self.put("etc/rebrand/brand/brand.toml", &text);
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rebrand"));
        command.arg("--root").arg(self.root()).arg("-C").arg(self.root().join("etc/rebrand")).args(arguments);
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).stdin(Stdio::null()).output().unwrap()
    }

    pub(crate) fn trigger(&self) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rebrand"));
        command.arg("--root").arg(self.root()).args(["apply", "--trigger"]).output().unwrap()
    }

    /// Installs the package with these files, as dpkg does.
    pub(crate) fn install(&self, version: &Version) {
        let package = package(version);
        let done = self.dpkg(&["--force-unsafe-io", "--unpack", package.to_str().unwrap()]);
        assert!(done.status.success(), "{done:?}");
        assert!(self.dpkg(&["--configure", "jitsi-meet-web"]).status.success());
    }

    /// What `dpkg -V` says of the package.
    pub(crate) fn verified(&self) -> String {
        String::from_utf8(self.dpkg(&["--verify", "jitsi-meet-web"]).stdout).unwrap()
    }

    fn dpkg(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new("dpkg");
        command.arg(format!("--root={}", self.root().display())).args(["--log=/dev/null", "--no-triggers"]);
        command.args(arguments).env("DEBIAN_FRONTEND", "noninteractive").output().unwrap()
    }

    /// That every file is the package's own, and nothing of ours is left.
    pub(crate) fn is_shipped(&self, version: &Version, what: &str) {
        for (path, text) in version {
            let bytes = fs::read(self.root().join(path)).unwrap();
            assert!(bytes == text.as_bytes(), "{what}: {path} is not as the package brought it");
        }
        let diversions = fs::read_to_string(self.root().join("var/lib/dpkg/diversions")).unwrap_or_default();
        assert_eq!(diversions, "", "{what}");
        let (mut ahead, mut litter) =
            (vec![self.root().join("usr"), self.root().join("etc/jitsi")], Vec::new());
        while let Some(folder) = ahead.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let entry = entry.unwrap();
                if entry.file_name().to_str().unwrap().contains("rebrand") {
                    litter.push(entry.path());
                } else if entry.file_type().unwrap().is_dir() {
                    ahead.push(entry.path());
                }
            }
        }
        let records = self.root().join("var/lib/rebrand");
        litter.extend(
            fs::read_dir(&records).into_iter().flatten().map(|entry| entry.unwrap().path()).filter(|path| {
                let name = path.file_name().unwrap().to_str().unwrap();
                name.starts_with('.') || name == "journal.json"
            }),
        );
        assert!(litter.is_empty(), "{what}: left behind: {litter:?}");
    }
}

/// The package with these files; each is built once.
fn package(version: &Version) -> PathBuf {
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let _one = ONE_AT_A_TIME.lock();
    let digest = rebrand::digest::Digest::of(format!("{version:?}").as_bytes());
    let package = scratch(&format!("{}.deb", digest.short()));
    if package.is_file() {
        return package;
    }
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in version {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    fs::create_dir(folder.path().join("DEBIAN")).unwrap();
    let number = u32::from_str_radix(&digest.short()[..6], 16).unwrap();
    let control = format!(
        "Package: jitsi-meet-web\nVersion: 1.0.{number}-1\nArchitecture: all\nMaintainer: a test <test@example.org>\n\
         Description: the web client, as far as a test needs it\n"
    );
    fs::write(folder.path().join("DEBIAN/control"), control).unwrap();
    let sum =
        |(path, text): (&String, &String)| format!("{}  {path}\n", rebrand::digest::md5(text.as_bytes()));
    let sums: Vec<String> = version.iter().map(sum).collect();
    fs::write(folder.path().join("DEBIAN/md5sums"), sums.concat()).unwrap();
    fs::set_permissions(folder.path(), std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let built = package.with_extension(format!("{}.new", std::process::id()));
    let mut command = Command::new("dpkg-deb");
    let done = command.args(["--build", "-Znone"]).arg(folder.path()).arg(&built).output().unwrap();
    assert!(done.status.success(), "{done:?}");
    fs::rename(built, &package).unwrap();
    package
}

/// An empty root with an empty database of dpkg.
fn fresh(name: &str) -> PathBuf {
    let folder = scratch(&format!("{name}-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    for part in ["info", "updates", "triggers"] {
        fs::create_dir_all(folder.join("var/lib/dpkg").join(part)).unwrap();
    }
    fs::write(folder.join("var/lib/dpkg/status"), "").unwrap();
    folder
}

fn copied(from: &Path, to: &Path) {
    let from = format!("{}/.", from.display());
    assert!(Command::new("cp").args(["-a", &from]).arg(to).status().unwrap().success());
}
