//! dpkg's own records: which site is a package's, and which of its files are diverted by whom.
//!
//! A diversion is added and removed by dpkg-divert itself and never renames: the order in which names change is ours.

use std::collections::BTreeMap;
use std::process::{Command, Stdio};

use super::durable::sync_folder;
use super::error::{At, Error};
use super::root::Root;
use super::state::site_path;
use crate::path::SitePath;

/// Where dpkg keeps its records.
const ADMIN: &str = "var/lib/dpkg";
/// The package of the web client.
pub(super) const WEB_PACKAGE: &str = "jitsi-meet-web";
/// The package that our diversions belong to.
const OURS: &str = "rebrand";
/// What follows the name of a package's file that lies beside the branded one.
const SHIPPED: &str = ".rebrand-shipped";

/// The diversions below a root, by the path that is diverted.
#[derive(Debug, Default)]
pub(super) struct Diversions(BTreeMap<SitePath, Diversion>);

/// One diversion.
#[derive(Debug)]
pub(super) struct Diversion {
    /// Where the packages' file goes.
    pub(super) to: SitePath,
    /// The package whose own file stays at the path; `:` for a local one.
    pub(super) by: String,
}

impl Diversions {
    /// Reads dpkg's list; a line that speaks of no path below the root is none of ours.
    pub(super) fn read(root: &Root) -> Result<Self, Error> {
        let bytes = root.read(&site_path(&format!("{ADMIN}/diversions"))?)?.unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes);
        let lines: Vec<&str> = text.lines().collect();
        let path = |line: &str| SitePath::new(line.trim_start_matches('/')).ok();
        let diversion = |entry: &[&str]| match entry {
            [from, to, by] => Some((path(from)?, Diversion { to: path(to)?, by: (*by).to_owned() })),
            _ => None,
        };
        Ok(Diversions(lines.chunks(3).filter_map(diversion).collect()))
    }

    /// The diversion of `path`.
    pub(super) fn of(&self, path: &SitePath) -> Option<&Diversion> {
        self.0.get(path)
    }

    /// Whether `path` is diverted by us.
    pub(super) fn has(&self, path: &SitePath) -> bool {
        self.of(path).is_some_and(|diversion| diversion.is_ours(path))
    }

    /// Every path that is diverted by us.
    pub(super) fn ours(&self) -> impl Iterator<Item = &SitePath> {
        self.0.iter().filter(|(path, diversion)| diversion.is_ours(path)).map(|(path, _)| path)
    }
}

impl Diversion {
    fn is_ours(&self, path: &SitePath) -> bool {
        self.by == OURS && shipped_name(path).is_ok_and(|to| to == self.to)
    }
}

/// Whether dpkg keeps the list of the web client's files, so that an upgrade would write them, or kept it when they
/// were diverted: dpkg forgets a package that is removed and leaves no settings, and our links outlive it.
///
/// # Errors
/// When a link leads out of the root, or dpkg's list of diversions cannot be read.
pub fn is_packaged(root: &Root) -> Result<bool, Error> {
    let list = site_path(&format!("{ADMIN}/info/{WEB_PACKAGE}.list"))?;
    Ok(root.is_there(&list)? || Diversions::read(root)?.ours().next().is_some())
}

/// Whether the package of the web client brings `path`, by dpkg's list.
pub(super) fn is_brought(root: &Root, path: &SitePath) -> Result<bool, Error> {
    let list = root.read(&site_path(&format!("{ADMIN}/info/{WEB_PACKAGE}.list"))?)?.unwrap_or_default();
    let text = String::from_utf8_lossy(&list);
    Ok(text.lines().any(|line| line.strip_prefix('/') == Some(path.as_str())))
}

/// Where the package's file lies while `path` is diverted: in the same folder, so that one rename puts it back.
pub(super) fn shipped_name(path: &SitePath) -> Result<SitePath, Error> {
    site_path(&format!("{path}{SHIPPED}"))
}

/// Lets dpkg write the packages' file beside `path` from now on.
pub(super) fn divert(root: &Root, path: &SitePath) -> Result<(), Error> {
    dpkg_divert(root, "--add", path)
}

/// Lets dpkg write the packages' file to `path` again.
pub(super) fn undivert(root: &Root, path: &SitePath) -> Result<(), Error> {
    dpkg_divert(root, "--remove", path)
}

fn dpkg_divert(root: &Root, verb: &str, path: &SitePath) -> Result<(), Error> {
    let mut command = Command::new("dpkg-divert");
    command.arg("--admindir").arg(root.at(&site_path(ADMIN)?));
    command.args(["--package", OURS, "--no-rename", "--divert"]).arg(format!("/{}", shipped_name(path)?));
    command.arg(verb).arg(format!("/{path}"));
    clean(&mut command);
    let done = command.stdin(Stdio::null()).output().at("run", "dpkg-divert".as_ref())?;
    if done.status.success() {
        // Before any link takes the place of a file: dpkg leaves the name of its list to chance.
        return sync_folder(&root.at(&root.real(&site_path(ADMIN)?)?));
    }
    let reason = String::from_utf8_lossy(&done.stderr).trim().replace('\n', "; ");
    Err(Error::Divert { path: root.at(path), reason })
}

/// Leaves `command` of the environment only where programs are found: dpkg's own variables would lead it elsewhere.
fn clean(command: &mut Command) {
    command.env_clear().env("LC_ALL", "C");
    command.env("PATH", std::env::var_os("PATH").unwrap_or_else(|| "/usr/sbin:/usr/bin:/sbin:/bin".into()));
}
