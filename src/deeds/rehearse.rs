//! `rehearse`: what the brand comes to on a package that is not installed.

use std::path::{Path, PathBuf};

use super::open::{Context, Opened, Trouble, open};
use super::trigger::obstacles;
use crate::host::{self, Package, Root, Scratch};
use crate::plan::{News, Plan, lost_between};
use crate::site::{Site, WEB};

/// What a rehearsal came to.
pub struct Rehearsal {
    /// What was opened, with the package's files in the place of the installed ones.
    pub opened: Opened,
    /// The packages that were unpacked.
    pub packages: Vec<Package>,
    /// The version that is installed now, if dpkg knows one.
    pub installed: Option<String>,
    /// What `apply` would do after the upgrade.
    pub plan: Plan,
    /// The wishes that would be lost.
    pub lost: Vec<String>,
}

impl Rehearsal {
    /// Whether every wish that is in force now would be in force again.
    #[must_use]
    pub fn is_good(&self) -> bool {
        self.lost.is_empty() && !self.plan.is_refused()
    }

    /// The same for an upgrade that nobody sits at, with what would keep it from the project as that is now.
    #[must_use]
    pub fn unattended(mut self, context: &Context) -> Self {
        let is_held = self.opened.receipt.as_ref().is_some_and(|receipt| receipt.held);
        if let Some((project, _)) = self.opened.project.as_ref().filter(|_| !is_held) {
            self.plan.findings.extend(obstacles(&context.root, project));
        }
        self
    }
}

/// Rehearses the upgrade to `packages`, .deb files.
///
/// # Errors
/// When the site, the project or a package cannot be read.
pub fn rehearse(context: &Context, packages: &[PathBuf]) -> Result<Rehearsal, Trouble> {
    let scratch = Scratch::new()?;
    rehearsed(context, packages, &scratch)
}

/// Rehearses the upgrade to what apt would install; none if that is installed already.
///
/// # Errors
/// As `rehearse`, and when apt cannot be asked or cannot download.
pub fn rehearse_candidate(context: &Context) -> Result<Option<Rehearsal>, Trouble> {
    let mut newer = Vec::new();
    // What is on hold comes with no upgrade.
    for package in &host::installed(&["jitsi-meet-web", "jitsi-meet-web-config"])?.free {
        newer.extend(host::candidate(package)?.filter(host::Candidate::is_newer));
    }
    if newer.is_empty() {
        return Ok(None);
    }
    let scratch = Scratch::new()?;
    let packages = host::download(&newer, scratch.folder())?;
    rehearsed(context, &packages, &scratch).map(Some)
}

fn rehearsed(context: &Context, packages: &[PathBuf], scratch: &Scratch) -> Result<Rehearsal, Trouble> {
    let opened = open(context)?;
    let folder = scratch.folder().join("root");
    let unpacked = packages.iter().map(|package| host::unpack(package, &folder));
    let unpacked: Vec<Package> = unpacked.collect::<Result<_, _>>()?;
    let installed = opened.site.web_version.clone();
    let site = coming(&opened, &folder)?;
    let before = opened.plan();
    let opened = opened.with(site);
    let mut plan = opened.plan();
    let News { findings, mut lost } = opened.news(&plan);
    // Of this package alone.
    plan.news = findings;
    for wish in lost_between(&before, &plan) {
        if !lost.contains(&wish) {
            lost.push(wish);
        }
    }
    Ok(Rehearsal { opened, packages: unpacked, installed, plan, lost })
}

/// The site as it would be: the files of the packages in `folder`, and beside them all that no package replaces.
fn coming(opened: &Opened, folder: &Path) -> Result<Site, Trouble> {
    if !host::brings_client(folder) {
        // The templates of new hosts, say.
        return Ok(opened.site.clone());
    }
    let coming = opened.survey(&Root::open(folder)?)?;
    let is_kept = |path: &str| !path.starts_with(WEB);
    let stays = opened.site.others.iter().filter(|(path, found)| {
        is_kept(path.as_str()) || (found.package_md5.is_none() && !coming.others.contains_key(path))
    });
    let mut others = coming.others.clone();
    others.extend(stays.map(|(path, found)| (path.clone(), found.clone())));
    Ok(Site { hosts: opened.site.hosts.clone(), others, ..coming })
}
