//! A small site in a folder of its own, and what the tests do with it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use rebrand::content::Content;
use rebrand::digest::Digest;
use rebrand::host::{self, Change, Error, Healed, Patience, Root, Step, Transaction};
use rebrand::path::SitePath;
use rebrand::plan::receipt::Receipt;
use tempfile::TempDir;

pub(crate) const ONE: &str = "usr/share/jitsi-meet/interface_config.js";
pub(crate) const TWO: &str = "etc/jitsi/meet/meet.example.org-config.js";
pub(crate) const LOGO: &str = "usr/share/jitsi-meet/images/rebrand/logo.svg";

pub(crate) fn site() -> TempDir {
    let site = tempfile::tempdir().unwrap();
    put(&site, ONE, "one");
    put(&site, TWO, "two");
    fs::create_dir_all(site.path().join("usr/share/jitsi-meet/images")).unwrap();
    put(&site, "usr/share/jitsi-meet/images/watermark.svg", "<svg/>");
    site
}

pub(crate) fn beside(site: &TempDir, path: &str, kind: &str) -> std::path::PathBuf {
    let path = site.path().join(path);
    let name = format!(".{}.rebrand-{kind}", path.file_name().unwrap().to_string_lossy());
    path.with_file_name(name)
}

pub(crate) fn put(folder: &TempDir, path: &str, text: &str) {
    let path = folder.path().join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    // As an editor and dpkg do: a new file in its place.
    let _ = fs::remove_file(&path);
    fs::write(path, text).unwrap();
}

pub(crate) fn text(folder: &TempDir, path: &str) -> String {
    fs::read_to_string(folder.path().join(path)).unwrap()
}

pub(crate) fn digest(text: &str) -> Digest {
    Digest::of(text.as_bytes())
}

pub(crate) fn at(path: &str) -> SitePath {
    SitePath::new(path).unwrap()
}

pub(crate) fn root(site: &TempDir) -> Root {
    Root::open(site.path()).unwrap()
}

pub(crate) fn receipt(generation: u64) -> Receipt {
    let tool = "a test".to_owned();
    let (client, news, wishes, removed, files) = Default::default();
    Receipt { format: 1, tool, generation, held: false, client, news, accepted: None, wishes, removed, files }
}

pub(crate) fn write(path: &str, old: Option<&str>, new: &str) -> Step {
    write_step(path, old, Change::Write(new.into()))
}

pub(crate) fn remove(path: &str, old: &str) -> Step {
    write_step(path, Some(old), Change::Remove)
}

pub(crate) fn write_step(path: &str, old: Option<&str>, change: Change) -> Step {
    Step { path: at(path), change, expected: old.map(Content::from), is_late: false }
}

pub(crate) fn transaction(generation: u64, steps: Vec<Step>) -> Transaction {
    Transaction { steps, keep: vec![], rescue: vec![], branded: None, receipt: receipt(generation) }
}

pub(crate) fn commit(root: &Root, transaction: &Transaction) -> Result<(), Error> {
    host::commit(root, &host::lock(root, Patience::NONE, &mut |_| ()).unwrap(), transaction)
}

pub(crate) fn heal(root: &Root) -> Result<Healed, Error> {
    host::heal(root, &host::lock(root, Patience::NONE, &mut |_| ()).unwrap())
}

/// Every regular file but the lock and what is kept, with its text.
pub(crate) fn tree(site: &TempDir) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    walk(site.path(), &mut |path| {
        let name = path.strip_prefix(site.path()).unwrap().to_string_lossy().into_owned();
        if name != "var/lib/rebrand/lock" && !name.contains("/shipped-") {
            files.insert(name, fs::read_to_string(path).unwrap());
        }
    });
    files
}

pub(crate) fn litter(site: &TempDir) -> Vec<String> {
    let mut names = Vec::new();
    walk(site.path(), &mut |path| {
        let name = path.strip_prefix(site.path()).unwrap().to_string_lossy().into_owned();
        if name.contains(".rebrand-") || name.ends_with("journal.json") {
            names.push(name);
        }
    });
    names
}

fn walk(folder: &Path, visit: &mut dyn FnMut(&Path)) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let metadata = fs::symlink_metadata(&path).unwrap();
        if metadata.is_dir() {
            walk(&path, visit);
        } else if metadata.is_file() {
            visit(&path);
        }
    }
}
