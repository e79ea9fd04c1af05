//! Looking round below a root: what is there, whose it is, and files by patterns.
//!
//! Links are followed inside the root, as a machine would whose `/` it is: an absolute one begins at the root, and
//! nothing climbs out of it. What cannot be read is as if it were not there; only who looks round asks here.

use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Component, Path, PathBuf};

use super::root::{Root, read_file};
use crate::content::Content;

/// The most that is read of one file, in bytes.
const MOST: u64 = 4 << 20;
/// The most links that are followed on the way to one file.
const MOST_LINKS: usize = 40;
/// The most files that are read of one folder and those below it.
const MOST_FILES: usize = 2000;

/// What stands at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Its permissions, as of `chmod`.
    pub mode: u32,
    /// The number of its owner.
    pub owner: u32,
    /// The number of its group.
    pub group: u32,
    /// Whether it is a folder.
    pub is_folder: bool,
}

impl Root {
    /// Where `path` ends after every link, from `/`; none if a link leads nowhere.
    #[must_use]
    pub fn resolved(&self, path: &str) -> Option<String> {
        self.followed(path).map(|(real, _)| real)
    }

    /// Whether a link on the way to `path` belongs to another than what stands at its end.
    #[must_use]
    pub fn has_links_of_others(&self, path: &str) -> bool {
        let (Some((_, owners)), Some(end)) = (self.followed(path), self.standing(path)) else { return false };
        owners.into_iter().any(|owner| owner != end.owner)
    }

    /// Where `path` ends after every link, and the owners of the links.
    fn followed(&self, path: &str) -> Option<(String, Vec<u32>)> {
        let mut ahead: Vec<PathBuf> = vec![PathBuf::from(path)];
        let (mut real, mut owners) = (PathBuf::from("/"), Vec::new());
        while let Some(next) = ahead.pop() {
            let mut segments = next.components();
            match segments.next() {
                None => continue,
                Some(Component::RootDir) => real = PathBuf::from("/"),
                Some(Component::ParentDir) => {
                    real.pop();
                }
                Some(Component::Normal(name)) => real.push(name),
                Some(Component::CurDir | Component::Prefix(_)) => {}
            }
            ahead.push(segments.as_path().to_owned());
            if let Ok(target) = fs::read_link(self.below(&real)) {
                owners.push(fs::symlink_metadata(self.below(&real)).ok()?.uid());
                if owners.len() > MOST_LINKS {
                    return None;
                }
                real.pop();
                ahead.push(target);
            }
        }
        real.to_str().map(|real| (real.to_owned(), owners))
    }

    /// What stands at `path` after every link.
    #[must_use]
    pub fn standing(&self, path: &str) -> Option<Standing> {
        let metadata = fs::symlink_metadata(self.below(Path::new(&self.resolved(path)?))).ok()?;
        Some(Standing {
            mode: metadata.mode() & 0o7777,
            owner: metadata.uid(),
            group: metadata.gid(),
            is_folder: metadata.is_dir(),
        })
    }

    /// The files that `pattern` names, sorted; `*` and `?` stand for parts of one segment.
    #[must_use]
    pub fn matching(&self, pattern: &str) -> Vec<(String, Content)> {
        let mut found = vec![String::new()];
        for segment in pattern.split('/').filter(|segment| !segment.is_empty()) {
            let is_plain = !segment.contains(['*', '?']);
            found = found
                .iter()
                .flat_map(|folder| {
                    let names = if is_plain { vec![segment.to_owned()] } else { self.names(folder) };
                    let fitting = names.into_iter().filter(|name| is_plain || fits(segment, name));
                    fitting.map(|name| format!("{folder}/{name}")).collect::<Vec<_>>()
                })
                .take(MOST_FILES)
                .collect();
        }
        found.into_iter().filter_map(|path| self.text(path)).collect()
    }

    /// The files in `folder` and in those below it, at most `depth` deep, by their paths.
    #[must_use]
    pub fn below_folder(&self, folder: &str, depth: usize) -> Vec<(String, Content)> {
        let mut found = Vec::new();
        for name in self.names(folder) {
            let path = format!("{folder}/{name}");
            match self.standing(&path) {
                Some(standing) if standing.is_folder && depth > 0 => {
                    found.extend(self.below_folder(&path, depth - 1));
                }
                Some(standing) if !standing.is_folder => found.extend(self.text(path)),
                _ => {}
            }
            if found.len() > MOST_FILES {
                break;
            }
        }
        found
    }

    /// The names in `folder`, sorted.
    fn names(&self, folder: &str) -> Vec<String> {
        let entries =
            self.resolved(folder).and_then(|folder| fs::read_dir(self.below(Path::new(&folder))).ok());
        let names = entries.into_iter().flatten().flatten();
        let mut names: Vec<String> = names.filter_map(|entry| entry.file_name().into_string().ok()).collect();
        names.sort_unstable();
        names
    }

    fn text(&self, path: String) -> Option<(String, Content)> {
        let real = self.resolved(&path)?;
        let bytes = read_file(&self.below(Path::new(&real)), MOST).ok().flatten()?;
        Some((path, Content::from(bytes)))
    }

    fn below(&self, path: &Path) -> PathBuf {
        self.folder().join(path.strip_prefix("/").unwrap_or(path))
    }
}

/// Whether `name` is what `pattern` says; a leading dot is never meant by a wildcard.
fn fits(pattern: &str, name: &str) -> bool {
    (!name.starts_with('.') || pattern.starts_with('.')) && fits_rest(pattern, name)
}

fn fits_rest(pattern: &str, name: &str) -> bool {
    let mut letters = pattern.chars();
    match letters.next() {
        None => name.is_empty(),
        Some('*') => {
            (0..=name.len()).filter_map(|at| name.get(at..)).any(|rest| fits_rest(letters.as_str(), rest))
        }
        Some(letter) => {
            let mut names = name.chars();
            names.next().is_some_and(|first| letter == '?' || letter == first)
                && fits_rest(letters.as_str(), names.as_str())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn wildcards_stand_for_parts_of_names() {
        assert!(fits("*.conf", "a.conf") && fits("*", "a") && fits("a?c*", "abc") && fits("plain", "plain"));
        assert!(!fits("*.conf", "a.conf.old") && !fits("*", ".hidden") && !fits("a?", "a"));
    }
}
