//! Files of the package that are branded and whose own bytes somebody took away: visitors go on getting the branded ones.

use crate::content::Content;
use crate::fault::{Finding, Level};
use crate::host::is_of_client;
use crate::path::SitePath;
use crate::plan::receipt::BaseIs;
use crate::plan::{Action, FilePlan, Plan};
use crate::site::{PICTURES, Shipped, Site};

/// Whether `file` is only taken away because nobody has the bytes any more that its package brought.
fn is_lost(site: &Site, file: &FilePlan) -> bool {
    let is_brought = |path: &SitePath| {
        let found = site.found(path);
        found.is_some_and(|found| found.package_md5.is_some() && found.shipped == Shipped::Beside(None))
    };
    file.action == Action::Remove && is_of_client(&file.path) && !is_picture(file) && is_brought(&file.path)
}

fn is_picture(file: &FilePlan) -> bool {
    file.path.as_str().contains(PICTURES)
}

/// Lets `plan`, which brands the site, leave such files in force as they are. That they are lost is told elsewhere.
pub(super) fn keep_in_force(site: &Site, plan: &mut Plan) {
    for file in plan.files.iter_mut().filter(|file| is_lost(site, file)) {
        file.action = Action::Leave;
        file.target.clone_from(&file.actual);
    }
}

/// Lets `plan`, which gives the site back, leave them where they are as plain files: a page without them is worse.
pub(super) fn leave_branded(site: &Site, plan: &mut Plan) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in plan.files.iter_mut().filter(|file| is_lost(site, file)) {
        file.action = Action::Keep;
        file.base_is = BaseIs::Branded;
        findings.push(stays_branded(&file.path));
    }
    findings
}

/// That `path` cannot be given back.
pub(super) fn stays_branded(path: &SitePath) -> Finding {
    let message =
        format!("the file that the package brought as `{path}` is lost, so it stays as it is branded");
    Finding::new(Level::Warning, message).hint("`apt-get install --reinstall jitsi-meet-web` brings it back")
}

/// Lets `plan`, which gives the site back, keep the pictures that a file still names once it is carried out.
pub(super) fn keep_named(site: &Site, plan: &mut Plan) -> Vec<Finding> {
    let naming = remaining(site, plan);
    let mut findings = Vec::new();
    for file in plan.files.iter_mut().filter(|file| file.action == Action::Remove && is_picture(file)) {
        let name = format!("{PICTURES}/{}", file.path.name());
        let names = |bytes: &Content| memchr::memmem::find(bytes, name.as_bytes()).is_some();
        let Some((by, _)) = naming.iter().find(|(_, bytes)| names(bytes)) else { continue };
        file.action = Action::Leave;
        file.target.clone_from(&file.actual);
        let message = format!("`{by}` names `{}`, so that stays", file.path);
        let hint = "`rebrand restore` takes it away once no file names it";
        findings.push(Finding::new(Level::Warning, message).hint(hint));
    }
    findings
}

/// The files that can name a picture, as `plan` leaves them.
fn remaining(site: &Site, plan: &Plan) -> Vec<(SitePath, Content)> {
    let found = [site.interface_config.as_ref(), site.manifest.as_ref()].into_iter().flatten();
    let found = found.chain(&site.pages).chain(site.hosts.iter().map(|host| &host.file));
    let is_planned = |path: &SitePath| plan.files.iter().any(|file| file.path == *path);
    let others = found.filter(|found| !is_planned(&found.path));
    let others = others.map(|found| (found.path.clone(), found.bytes.clone()));
    let bytes = |file: &FilePlan| match file.action {
        Action::Write => file.target.clone(),
        Action::Remove => None,
        Action::Keep | Action::Leave | Action::Refuse => file.actual.clone(),
    };
    let texts = plan.files.iter().filter(|file| !is_picture(file));
    texts.filter_map(|file| Some((file.path.clone(), bytes(file)?))).chain(others).collect()
}
