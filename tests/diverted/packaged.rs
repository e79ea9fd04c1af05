//! A stand-in site with dpkg's records, and what packages do to it.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use rebrand::demo::sites::Year;
use rebrand::digest::md5;

use crate::skip::skip;
use crate::world::{Run, World, write};

/// The file that all hosts share.
pub(crate) const INTERFACE: &str = "interface_config.js";
/// A brand with a name and a logo.
pub(crate) const BRAND: &str = "[brand]\nname = \"Public Code Meet\"\nhome = \"https://publiccode.net/\"\n\n[logo]\n\
    source = \"logo.svg\"\nwide = true\nbackground = \"#ffffff\"\n";

impl World {
    /// The stand-in of `year` as dpkg's, and a project in its `/etc/rebrand`. None where dpkg-divert is missing.
    pub(crate) fn packaged(year: Year) -> Option<Self> {
        if Command::new("dpkg-divert").arg("--version").stdout(Stdio::null()).status().is_err() {
            skip("dpkg-divert is missing; it comes with the package dpkg");
            return None;
        }
        let world = World::bare(year, BRAND);
        let site = world.site();
        fs::create_dir_all(site.join("etc/rebrand")).unwrap();
        fs::rename(world.folder.path().join("project/brand"), site.join("etc/rebrand/brand")).unwrap();
        std::os::unix::fs::symlink("site/etc/rebrand", world.folder.path().join("project-of-the-machine"))
            .unwrap();
        fs::remove_dir(world.folder.path().join("project")).unwrap();
        fs::rename(world.folder.path().join("project-of-the-machine"), world.folder.path().join("project"))
            .unwrap();
        world.installed("1.0.1-1");
        Some(world)
    }

    /// Lets dpkg know the package's files as they are.
    pub(crate) fn installed(&self, version: &str) {
        let (mut list, mut sums) = (String::new(), String::new());
        let top = self.site();
        for (path, bytes) in self.files() {
            let path = path.strip_prefix(&top).unwrap().to_str().unwrap().to_owned();
            let name = path.strip_suffix(".rebrand-shipped").unwrap_or(&path);
            // What is diverted and has nothing beside it is ours alone.
            let is_ours = |path: &str| {
                let records = fs::read_to_string(top.join("var/lib/dpkg/diversions")).unwrap_or_default();
                path.contains("/images/rebrand/") || records.contains(&format!("/{path}\n"))
            };
            let is_covered = is_ours(&path) || self.is_link(&path);
            if name.starts_with("usr/share/jitsi-meet/") && !is_covered {
                writeln!(list, "/{name}").unwrap();
                writeln!(sums, "{}  {name}", md5(&bytes)).unwrap();
            }
        }
        let dpkg = top.join("var/lib/dpkg");
        write(&dpkg.join("info/jitsi-meet-web.list"), list.as_bytes());
        write(&dpkg.join("info/jitsi-meet-web.md5sums"), sums.as_bytes());
        let status = format!("Package: jitsi-meet-web\nStatus: install ok installed\nVersion: {version}\n\n");
        write(&dpkg.join("status"), status.as_bytes());
        if !dpkg.join("diversions").exists() {
            write(&dpkg.join("diversions"), b"");
        }
    }

    /// Removes the package as dpkg does: its files, where they lie beside a path of ours too, and what it knows of them.
    pub(crate) fn removed(&self) {
        let dpkg = self.site().join("var/lib/dpkg");
        let list = fs::read_to_string(dpkg.join("info/jitsi-meet-web.list")).unwrap();
        for name in list.lines().filter_map(|line| line.strip_prefix("/usr/share/jitsi-meet/")) {
            self.drop_file(name);
        }
        for record in ["list", "md5sums"] {
            fs::remove_file(dpkg.join(format!("info/jitsi-meet-web.{record}"))).unwrap();
        }
        let status = "Package: jitsi-meet-web\nStatus: deinstall ok config-files\nVersion: 1.0.1-1\n\n";
        write(&dpkg.join("status"), status.as_bytes());
    }

    /// Writes `bytes` as dpkg unpacks a file of the web client: beside a diverted path, and by a rename.
    pub(crate) fn unpack(&self, name: &str, bytes: &[u8]) {
        let at = self.shipped(name);
        let new = at.with_extension("dpkg-new");
        write(&new, bytes);
        fs::rename(new, at).unwrap();
    }

    /// Removes a file as dpkg does when a package drops it.
    pub(crate) fn drop_file(&self, name: &str) {
        fs::remove_file(self.shipped(name)).unwrap();
    }

    /// Where dpkg writes the file `name` of the web client.
    pub(crate) fn shipped(&self, name: &str) -> PathBuf {
        if self.diversions().contains(&format!("/usr/share/jitsi-meet/{name}\n")) {
            self.web(&format!("{name}.rebrand-shipped"))
        } else {
            self.web(name)
        }
    }

    /// dpkg's list of diversions.
    pub(crate) fn diversions(&self) -> String {
        fs::read_to_string(self.site().join("var/lib/dpkg/diversions")).unwrap()
    }

    /// What visitors get as the file `name` of the web client.
    pub(crate) fn served(&self, name: &str) -> String {
        fs::read_to_string(self.web(name)).unwrap()
    }

    /// The one file of the site below `var/lib/rebrand/rescued` whose name begins so.
    pub(crate) fn rescued(&self, name: &str) -> String {
        let folder = fs::read_dir(self.site().join("var/lib/rebrand/rescued")).unwrap();
        let paths = folder.map(|entry| entry.unwrap().path());
        let path =
            paths.into_iter().find(|path| path.file_name().unwrap().to_str().unwrap().starts_with(name));
        fs::read_to_string(path.unwrap()).unwrap()
    }

    /// Runs the trigger.
    pub(crate) fn trigger(&self) -> Run {
        let root = self.site();
        run(&["--root", root.to_str().unwrap(), "apply", "--trigger"], &[])
    }

    /// That nothing of ours is left but our own folder, and everything is as in `before`.
    pub(crate) fn is_as(&self, before: &std::collections::BTreeMap<PathBuf, Vec<u8>>) {
        assert_eq!(self.diversions(), "");
        let records = [self.site().join("var/lib/dpkg"), self.site().join("etc/rebrand")];
        let is_site = |path: &Path| !records.iter().any(|record| path.starts_with(record));
        let now: Vec<_> = self.files().into_iter().filter(|(path, _)| is_site(path)).collect();
        let before: Vec<_> = before.iter().filter(|(path, _)| is_site(path)).collect();
        let names: Vec<&PathBuf> = now.iter().map(|(path, _)| path).collect();
        assert_eq!(names, before.iter().map(|(path, _)| *path).collect::<Vec<_>>());
        assert!(now.iter().map(|(path, bytes)| (path, bytes)).eq(before), "a file differs");
    }

    pub(crate) fn is_link(&self, path: &str) -> bool {
        self.site().join(path).is_symlink()
    }
}

/// Runs the program with `arguments` alone, and with `variables`.
pub(crate) fn run(arguments: &[&str], variables: &[(&str, &str)]) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rebrand"));
    let done = command.args(arguments).envs(variables.iter().copied()).stdin(Stdio::null()).output().unwrap();
    let said = [done.stdout, done.stderr].concat();
    Run { status: done.status.code(), said: String::from_utf8(said).unwrap() }
}
