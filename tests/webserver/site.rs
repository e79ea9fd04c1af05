//! A tree with a server's configuration and the files it serves, each of which says its own path.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};

use rebrand::content::Content;
use rebrand::webserver::{Disk, Kind};
use tempfile::TempDir;

/// A server-side include that leaves nothing behind where it is carried out.
const INCLUDE: &str = "<!--#set var=\"x\" value=\"y\" -->";

/// A tree in a temporary folder; `@/` in a configuration stands for that folder.
pub(crate) struct Site {
    folder: TempDir,
}

impl Site {
    pub(crate) fn new(files: &[&str]) -> Self {
        let site = Site { folder: TempDir::new().unwrap() };
        fs::set_permissions(site.folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
        for file in files {
            site.page(file);
        }
        site
    }

    /// The folder, as the configuration has it for `@/`.
    pub(crate) fn folder(&self) -> &str {
        self.folder.path().to_str().unwrap()
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file that says its own path.
    pub(crate) fn page(&self, name: &str) {
        self.put(name, &format!("{}|{INCLUDE}|", self.path(name).display()));
    }

    /// Writes a file of the configuration.
    pub(crate) fn put(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text.replace("@/", &format!("{}/", self.folder()))).unwrap();
    }

    pub(crate) fn link(&self, name: &str, to: &str) {
        symlink(self.path(to), self.path(name)).unwrap();
    }

    /// Lends `asked` the disk, on which the tree lies.
    #[expect(clippy::unused_self, reason = "who asks has a tree on it")]
    pub(crate) fn with<T>(&self, asked: impl FnOnce(&Disk) -> T) -> T {
        let files = |pattern: &str| -> Vec<(String, Content)> {
            let mut found = found(Path::new(pattern));
            found.sort();
            let read =
                |path: PathBuf| Some((path.to_str()?.to_owned(), Content::from(fs::read(&path).ok()?)));
            found.into_iter().filter_map(read).collect()
        };
        let stands = |path: &str| {
            let metadata = fs::metadata(path).ok()?;
            Some(if metadata.is_dir() { Kind::Folder } else { Kind::File })
        };
        asked(&Disk { files: &files, stands: &stands })
    }
}

/// The files of `pattern`, which has wildcards in its last segment at most.
fn found(pattern: &Path) -> Vec<PathBuf> {
    let name = pattern.file_name().unwrap().to_str().unwrap();
    let Some((start, end)) = name.split_once('*') else { return vec![pattern.to_owned()] };
    let Ok(entries) = fs::read_dir(pattern.parent().unwrap()) else { return Vec::new() };
    let names = entries.map(|entry| entry.unwrap().path());
    names
        .filter(|path| {
            let name = path.file_name().unwrap().to_str().unwrap();
            name.starts_with(start) && name.ends_with(end) && !name.starts_with('.')
        })
        .collect()
}
