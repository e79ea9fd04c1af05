//! Whose files a run as root trusts: its own, and those of the person who called `sudo`, if nobody else can write them.
//!
//! As git and ssh judge it. Debian and others give each user a group of its own and a umask of 002, so a file that only
//! that group may write is as good as one that nobody else may.

use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;

use rustix::fs::FileType;

use super::error::{At, Error};

/// Why a file or folder is not trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Distrust {
    /// It belongs to the user of this number.
    Owner(u32),
    /// Its mode lets others than its owner write it.
    Writable(u32),
}

impl std::fmt::Display for Distrust {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Distrust::Owner(user) => write!(out, "belongs to another user ({user})"),
            Distrust::Writable(mode) => write!(out, "can be written by others (mode {:03o})", mode & 0o7777),
        }
    }
}

impl Distrust {
    /// The commands that mend `path`, and everything in the project's `folder`.
    pub(super) fn remedy(self, path: &Path, folder: &Path) -> String {
        let [path, folder] = [path, folder].map(|path| quoted(&path.display().to_string()));
        let command = match self {
            Distrust::Owner(_) => "chown root:",
            Distrust::Writable(_) => "chmod go-w",
        };
        let (verb, rest) = command.split_once(' ').unwrap_or_default();
        format!("`{command} {path}` mends it, and `{verb} -R {rest} {folder}` the whole project")
    }
}

/// `word` as a shell takes it.
fn quoted(word: &str) -> String {
    let is_plain = |letter: char| letter.is_alphanumeric() || "/._-+@:".contains(letter);
    if word.chars().all(is_plain) { word.to_owned() } else { format!("'{}'", word.replace('\'', r"'\''")) }
}

/// Refuses, as root, a `path` that somebody else than `trusted` could change, or any folder above it up to `folder`.
pub(super) fn trust(folder: &Path, path: &Path, trusted: Option<u32>) -> Result<(), Error> {
    if !rustix::process::geteuid().is_root() {
        return Ok(());
    }
    for path in path.ancestors().take_while(|path| path.starts_with(folder)) {
        let found = fs::metadata(path).at("look at", path)?;
        let is_own_group = || is_own_group(found.uid(), found.gid());
        if let Some(reason) = distrust(found.uid(), found.mode(), trusted, &is_own_group) {
            return Err(Error::Untrusted { path: path.to_owned(), folder: folder.to_owned(), reason });
        }
    }
    Ok(())
}

/// Why a file or folder of `owner` with `mode` is not trusted, when `sudo` was called by that user.
fn distrust(owner: u32, mode: u32, sudo: Option<u32>, is_own_group: &dyn Fn() -> bool) -> Option<Distrust> {
    // In a sticky folder nobody replaces the files of others; what they add is looked at itself.
    let is_sticky_folder = FileType::from_raw_mode(mode).is_dir() && mode & 0o1000 != 0;
    let is_written_by_others = mode & 0o002 != 0 || mode & 0o020 != 0 && !is_own_group();
    if owner != 0 && Some(owner) != sudo {
        Some(Distrust::Owner(owner))
    } else if is_written_by_others && !is_sticky_folder {
        Some(Distrust::Writable(mode))
    } else {
        None
    }
}

/// Whether nobody but `owner` and root is in `group`, which is the owner's first one. What is not in the files of this
/// machine is not known, and then it is not.
fn is_own_group(owner: u32, group: u32) -> bool {
    let read = |path| fs::read_to_string(path).unwrap_or_default();
    is_private(owner, group, &read("/etc/passwd"), &read("/etc/group"))
}

/// `is_own_group` by the lines of these two files.
fn is_private(owner: u32, group: u32, users: &str, groups: &str) -> bool {
    let lines =
        |text: &'_ str| text.lines().map(|line| line.split(':').map(str::to_owned).collect()).collect();
    let (users, groups): (Vec<Vec<String>>, Vec<Vec<String>>) = (lines(users), lines(groups));
    let number = |line: &[String], at: usize| line.get(at).and_then(|field| field.parse::<u32>().ok());
    let is_ours = |user: &[String]| number(user, 2).is_some_and(|user| user == owner || user == 0);
    let is_first = users.iter().any(|user| number(user, 2) == Some(owner) && number(user, 3) == Some(group));
    let is_only_ours = users.iter().filter(|user| number(user, 3) == Some(group)).all(|user| is_ours(user));
    let is_member =
        |name: &str| users.iter().any(|user| user.first().is_some_and(|own| own == name) && is_ours(user));
    let mut same = groups.iter().filter(|line| number(line, 2) == Some(group)).peekable();
    let is_known = same.peek().is_some();
    let members = same.filter_map(|line| line.get(3)).flat_map(|names| names.split(','));
    is_known && is_first && is_only_ours && members.filter(|name| !name.is_empty()).all(is_member)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{Distrust, distrust, is_private};

    #[test]
    fn only_root_and_who_called_sudo_are_trusted() {
        let distrust = |owner, mode, sudo| distrust(owner, mode, sudo, &|| false);
        assert_eq!(distrust(0, 0o100_644, None), None);
        assert_eq!(distrust(1000, 0o100_644, Some(1000)), None);
        assert_eq!(distrust(1000, 0o100_644, None), Some(Distrust::Owner(1000)));
        assert_eq!(distrust(33, 0o040_755, Some(1000)), Some(Distrust::Owner(33)));
    }

    #[test]
    fn what_others_may_write_is_not_trusted_but_for_sticky_folders() {
        let writable = |mode| Some(Distrust::Writable(mode));
        for mode in [0o100_664, 0o101_666, 0o040_757, 0o040_775] {
            assert_eq!(distrust(0, mode, None, &|| false), writable(mode));
        }
        assert_eq!(distrust(0, 0o041_777, None, &|| false), None);
    }

    #[test]
    fn the_owners_own_group_may_write_and_nobody_else() {
        for mode in [0o100_664, 0o040_775] {
            assert_eq!(distrust(0, mode, None, &|| true), None);
        }
        assert_eq!(distrust(0, 0o100_666, None, &|| true), Some(Distrust::Writable(0o100_666)));
        assert_eq!(distrust(1000, 0o100_664, None, &|| true), Some(Distrust::Owner(1000)));
    }

    #[test]
    fn a_group_is_private_if_nobody_else_is_in_it() {
        let users = "root:x:0:0::/root:/bin/sh\nann:x:1000:1000::/home/ann:/bin/sh\nbob:x:1001:100::/home/bob:/bin/sh\n";
        let groups = "root:x:0:\nann:x:1000:\nusers:x:100:ann\nstaff:x:50:ann\n";
        assert!(is_private(0, 0, users, groups) && is_private(1000, 1000, users, groups));
        assert!(is_private(1000, 1000, users, "ann:x:1000:root,ann\n"));
        // A member, another's first group, not the owner's first one, and groups that are not here.
        assert!(!is_private(1000, 1000, users, "ann:x:1000:bob\n"));
        assert!(!is_private(1000, 1000, users, "ann:x:1000:ghost\n"));
        assert!(!is_private(1000, 1000, &users.replace(":100:", ":1000:"), groups));
        assert!(!is_private(1000, 50, users, groups) && !is_private(1000, 7, users, groups));
        assert!(!is_private(1000, 1000, users, "") && !is_private(1000, 1000, "", groups));
    }

    #[test]
    fn the_remedy_is_a_command_that_works() {
        let remedy =
            Distrust::Writable(0o100_664).remedy(Path::new("/srv/it's ours/logo.svg"), Path::new("/srv"));
        assert_eq!(
            remedy,
            r"`chmod go-w '/srv/it'\''s ours/logo.svg'` mends it, and `chmod -R go-w /srv` the whole project"
        );
    }
}
