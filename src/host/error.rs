//! What can go wrong with the machine.

use std::io;
use std::path::PathBuf;

use super::trust::Distrust;

/// Why the machine did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A call failed.
    #[error("failed to {action} `{}`: {source}", path.display())]
    Io {
        /// What was tried.
        action: &'static str,
        /// On which file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The folder is no root.
    #[error("`{}` is no folder that can stand for `/`", .0.display())]
    NoRoot(PathBuf),
    /// There is no Jitsi Meet.
    #[error("there is no Jitsi Meet here: `{}` holds neither `interface_config.js` nor `index.html`", .0.display())]
    NoSite(PathBuf),
    /// Somebody took a file away that the package brought.
    #[error("the package's own `{}` is not there any more", .0.display())]
    NotWhole(PathBuf),
    /// A link leads out of the root.
    #[error("`{}` leads out of the root, to `{}`", path.display(), to.display())]
    LeadsOut {
        /// The file.
        path: PathBuf,
        /// Where it leads.
        to: PathBuf,
    },
    /// A link leads to where nothing of the site lies.
    #[error("`{}` leads to `{}`, which no diff may change", path.display(), to.display())]
    LeadsElsewhere {
        /// The file.
        path: PathBuf,
        /// Where it leads.
        to: PathBuf,
    },
    /// Something else stands where a file should.
    #[error("`{}` is no regular file", .0.display())]
    NotAFile(PathBuf),
    /// The file is larger than is ever read.
    #[error("`{}` is larger than {most} bytes", path.display())]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// How much is read.
        most: u64,
    },
    /// Another run holds the lock.
    #[error("another run of rebrand holds `{}`", .0.display())]
    Locked(PathBuf),
    /// A file is not as it was when the plan was made.
    #[error("`{}` was changed while the plan was made", .0.display())]
    ChangedMeanwhile(PathBuf),
    /// Two changes are meant for what links make the same file.
    #[error("two names of the site lead to `{}`, and each is to get its own change", .0.display())]
    Twice(PathBuf),
    /// dpkg did not divert a file, or did not end its diversion.
    #[error("failed to divert `{}`: {reason}", path.display())]
    Divert {
        /// The file.
        path: PathBuf,
        /// What dpkg-divert said.
        reason: String,
    },
    /// dpkg or apt is at work.
    #[error("apt or dpkg is at work: it holds `{}`", .0.display())]
    DpkgBusy(PathBuf),
    /// The branded files took their places in another way than is wished now.
    #[error("the branded files here took their places in another way than `files` of brand.toml wishes now")]
    OtherMode,
    /// nginx refuses our drop-in.
    #[error("nginx refuses its configuration with the drop-in for the brand: {0}")]
    Nginx(String),
    /// A record of ours cannot be read.
    #[error("`{}` is not as rebrand wrote it: {reason}", path.display())]
    Record {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// There is no project.
    #[error("there is no project here: neither `brand/brand.toml` nor `patches/` in `{}`", .0.display())]
    NoProject(PathBuf),
    /// There is no project where one is looked for.
    #[error(
        "there is no project here: no `brand/brand.toml` and no `patches/` in `{}` or above it, and none in `{}`",
        folder.display(), authority.display()
    )]
    NoProjectAround {
        /// The current folder.
        folder: PathBuf,
        /// The folder for the brand of the machine.
        authority: PathBuf,
    },
    /// Others could change the project.
    #[error("`{}` {reason}, and this run acts as root", path.display())]
    Untrusted {
        /// The file or folder.
        path: PathBuf,
        /// The folder of the project.
        folder: PathBuf,
        /// Why it is not trusted.
        reason: Distrust,
    },
    /// The file is no package, or a broken one.
    #[error("`{}` cannot be unpacked: {reason}", path.display())]
    NoPackage {
        /// The file.
        path: PathBuf,
        /// What dpkg says of it.
        reason: String,
    },
    /// A program of the system did not do what it was told.
    #[error("`{command}` failed: {reason}")]
    Program {
        /// The program and its arguments.
        command: String,
        /// What it said, or its status.
        reason: String,
    },
    /// Something is mounted over the file.
    #[error("something is mounted over `{}`", .0.display())]
    Mounted(PathBuf),
    /// What is built would lie in the site itself.
    #[error("`{}` holds the site itself", .0.display())]
    Live(PathBuf),
    /// Somebody changed a file of a generation that is kept.
    #[error("`{}` was changed by hand since it was written", .0.display())]
    Spoiled(PathBuf),
    /// The commit is done, and not cleared up after.
    #[error("it is done, but what it left behind could not be cleared away: {0}")]
    LeftBehind(Box<Error>),
    /// The file is there already.
    #[error("`{}` is there already", .0.display())]
    Exists(PathBuf),
}

impl Error {
    /// How to mend it, if that is known.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        let hint = match self {
            Error::Io { source, .. } if source.kind() == io::ErrorKind::PermissionDenied => {
                if rustix::process::geteuid().is_root() {
                    "not even root may: where `lsattr` shows that it is immutable, `chattr -i` ends that"
                } else {
                    "run it as root, with `sudo`"
                }
            }
            Error::Io { source, .. } if source.kind() == io::ErrorKind::ReadOnlyFilesystem => {
                "the file system is mounted read-only; nothing was changed"
            }
            Error::Io { source, .. } if is_full(source) => {
                "the disk is full, or a quota is: make room (`df -h` and `df -i` show where) and run it again; the site is as it was before"
            }
            Error::NoSite(_) | Error::NoRoot(_) => "`--root DIR` names a folder that stands for `/`",
            Error::NotWhole(_) => {
                "`apt-get install --reinstall jitsi-meet-web` brings it back, unless `rebrand doctor` tells that dpkg puts it elsewhere; nothing was changed"
            }
            Error::LeadsOut { .. } => "links below a root are followed only inside it; nothing was changed",
            Error::LeadsElsewhere { .. } => {
                "a diff changes files below `/usr/share/jitsi-meet`, `/etc/jitsi` and `/etc/prosody`; nothing was changed"
            }
            Error::Locked(_) => "wait for it to end, and try again",
            Error::ChangedMeanwhile(_) => "nothing was changed; run it again",
            Error::Twice(_) => "make one of them a file of its own; nothing was changed",
            Error::Divert { .. } => "nothing was changed; `dpkg-divert --list` shows who diverts what",
            Error::DpkgBusy(_) => {
                "nothing was changed; wait for it to end, or give it longer with `--lock-timeout SECONDS`"
            }
            Error::Nginx(_) => "nothing was changed; `nginx -t` tells whether it takes the rest",
            Error::OtherMode => "`rebrand restore` first, and then `rebrand apply`",
            Error::NoProject(_) | Error::NoProjectAround { .. } => {
                "`rebrand init` starts one; `-C DIR` names one"
            }
            Error::Untrusted { path, folder, reason } => return Some(reason.remedy(path, folder)),
            Error::Mounted(_) => "unmount it, or change what is mounted there; nothing was changed",
            Error::Live(_) => "name another folder; `rebrand apply` brands the site",
            Error::Spoiled(_) => "`rebrand apply` writes the brand anew; nothing was changed",
            Error::LeftBehind(_) => "the next `rebrand apply` or `rebrand restore` goes on with it",
            Error::Exists(_) => "move it away first",
            Error::Record { .. } => {
                "move it away; `apply` writes a new one, but what was there before is then unknown"
            }
            Error::NoPackage { .. } => "name a .deb file, as `apt-get download jitsi-meet-web` brings it",
            Error::Program { .. } => "what it wrote above says more; it is the same run by hand",
            Error::Io { .. } | Error::NotAFile(_) | Error::TooLarge { .. } => return None,
        };
        Some(hint.to_owned())
    }
}

fn is_full(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded)
}

/// Puts the file and the action to a failed call.
pub(super) trait At<T> {
    /// Names what was tried, and on which file.
    fn at(self, action: &'static str, path: &std::path::Path) -> Result<T, Error>;
}

impl<T> At<T> for io::Result<T> {
    fn at(self, action: &'static str, path: &std::path::Path) -> Result<T, Error> {
        self.map_err(|source| Error::Io { action, path: path.to_owned(), source })
    }
}

impl<T> At<T> for Result<T, rustix::io::Errno> {
    fn at(self, action: &'static str, path: &std::path::Path) -> Result<T, Error> {
        self.map_err(io::Error::from).at(action, path)
    }
}
