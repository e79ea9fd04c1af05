//! The sites and the project of the sweeps, and what is looked at of them.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use rebrand::brand::OWN;
use rebrand::digest::Digest;
use rebrand::host::{self, Patience, Root};
use rebrand::js::{Dialect, Document};
use rebrand::text::Text;
use tempfile::TempDir;

/// Every file of a site, but the lock and what is kept, with its mode and the digest of its bytes; and every folder
/// but those of our records, with no bytes.
pub(super) type Tree = BTreeMap<String, (u32, Digest)>;

pub(super) fn heal(site: &Path) {
    let root = Root::open(site).unwrap();
    let lock = host::lock(&root, Patience::NONE, &mut |_| ()).unwrap();
    host::heal(&root, &lock).unwrap();
}

pub(super) fn write_project(folder: &Path) {
    let put = |path: &str, text: &str| {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    put(
        "brand/brand.toml",
        "[brand]\nhome = \"https://example.org/\"\n[people]\nremote = \"guest\"\n[logo]\nsource = \"logo.svg\"\n",
    );
    put("brand/logo.svg", OWN.1);
    put("patches/config.toml", "[set]\nenableWelcomePage = false\n");
}

pub(super) fn copy_of(site: &Path) -> TempDir {
    let copied = tempfile::tempdir().unwrap();
    copy(site, copied.path());
    copied
}

pub(super) fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// `tree` without its folders.
pub(super) fn files_of(tree: &Tree) -> Tree {
    let mut files = tree.clone();
    files.retain(|_, (mode, _)| *mode & 0o170_000 == 0o100_000);
    files
}

pub(super) fn assert_parses(path: &Path) {
    let root = if path.ends_with("interface_config.js") { "interfaceConfig" } else { "config" };
    let text = Text::from_bytes(&fs::read(path).unwrap()).unwrap();
    assert!(Document::parse(text, Dialect::Script(root)).is_ok(), "{}", path.display());
}

pub(super) fn tree(site: &Path) -> Tree {
    let file = |path: &PathBuf| {
        let name = path.strip_prefix(site).unwrap().to_string_lossy().into_owned();
        let bytes = if path.is_dir() { Vec::new() } else { fs::read(path).unwrap() };
        (name, (fs::metadata(path).unwrap().mode(), Digest::of(&bytes)))
    };
    let is_told = |(name, _): &(String, _)| {
        !matches!(name.as_str(), "var" | "var/lib" | "var/lib/rebrand" | "var/lib/rebrand/made")
            && name != "var/lib/rebrand/lock"
            && name != "var/lib/rebrand/journal.json"
            && !name.starts_with("var/lib/rebrand/shipped-")
            && !name.starts_with("var/lib/rebrand/made/")
            && !name.contains(".rebrand-")
    };
    files(site).iter().map(file).filter(is_told).collect()
}

pub(super) fn litter(site: &Path) -> Vec<String> {
    let names = files(site).into_iter().map(|path| path.to_string_lossy().into_owned());
    names.filter(|name| name.contains(".rebrand-") || name.ends_with("journal.json")).collect()
}

/// Every file and folder below `folder`.
pub(super) fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        }
        found.push(path);
    }
    found
}
