//! Runs that no person started: `apply --trigger` after packages changed, and the withdrawal when ours is removed.
//!
//! Neither ever fails as a process. What a triggered run came to is recorded where `status` finds it.

use std::path::Path;
use std::time::Duration;

use super::apply::{Applied, Person, apply};
use super::lost::stays_branded;
use super::open::{Context, Opened, Trouble, open, open_site};
use super::project::AUTHORITY;
use super::restore::give_back;
use crate::fault::{Finding, Level};
use crate::host::{self, LastRun, Outcome, Patience, Remains, Root};
use crate::plan::Plan;

/// How long such a run may take. dpkg waits for it.
const MOST: Duration = Duration::from_mins(2);
/// How long another run of ours is waited for.
const OWN_PATIENCE: Duration = Duration::from_secs(15);

/// Puts the brand of the machine in force below `root`, after its packages changed.
#[must_use]
pub fn triggered(root: &Path) -> LastRun {
    let mut run = LastRun::new(Outcome::OutOfTime);
    // Killed in the middle, the next run heals it.
    host::end_after(MOST, root, run.clone());
    run.outcome = put_in_force(root, &mut run).unwrap_or_else(|trouble| told(trouble, &mut run));
    if run.outcome.is_failure() {
        let is_gone = run.outcome == Outcome::NoSite;
        run.withdrawn = site_that_loads(root, is_gone).unwrap_or(false) && !is_gone;
    }
    host::record(root, &run);
    run
}

fn put_in_force(folder: &Path, run: &mut LastRun) -> Result<Outcome, Trouble> {
    let root = Root::open(folder)?;
    let project = folder.join(AUTHORITY);
    let receipt = host::receipt(&root)?;
    if !host::is_project(&project) {
        run.files = receipt.filter(|receipt| !receipt.held).map_or(0, |receipt| receipt.files.len());
        return Ok(if run.files > 0 { Outcome::Left } else { Outcome::NoBrand });
    }
    if receipt.is_some_and(|receipt| receipt.held) {
        return Ok(Outcome::Held);
    }
    let context = unattended(folder);
    let mut is_silence = false;
    let mut agree = |opened: &Opened, plan: &Plan| {
        is_silence = plan.wishes.is_silence;
        run.web_version.clone_from(&opened.site.web_version);
        run.files = if is_silence { plan.wishes.files } else { plan.files.len() };
        run.removed.clone_from(&plan.wishes.removed);
        run.rescued = plan.rescued.iter().map(|(path, _)| path.clone()).collect();
        run.findings = plan.findings.iter().chain(&plan.news).cloned().collect();
        true
    };
    let done = apply(&context, false, &mut Person { agree: &mut agree, waiting: &mut |_| () })?;
    Ok(match done {
        Applied::Done => Outcome::Applied,
        Applied::Nothing => Outcome::Nothing,
        Applied::Refused if is_silence => Outcome::Left,
        Applied::Refused | Applied::NotDone => Outcome::Refused,
    })
}

/// Gives everything back below `root`, for our package is being removed: nothing is held, so that a later installation
/// begins anew. Tells what the owner should know.
///
/// # Errors
/// When something cannot be written; what could be given back is.
pub fn withdraw(root: &Path) -> Result<Vec<Finding>, Trouble> {
    let context = alone(root);
    let site = Root::open(root)?;
    let is_gone = matches!(open_site(site.clone(), &context), Err(Trouble::Host(host::Error::NoSite(_))));
    let given_back = || match host::receipt(&site)? {
        Some(_) => give_back(&context, is_gone),
        None => Ok(Vec::new()),
    };
    let withdrawn = || {
        let lock = host::lock(&site, context.patience, &mut |_| ())?;
        Ok::<_, Trouble>(host::withdraw(&site, &lock, is_gone)?)
    };
    // What is recorded of a client that is gone would only be missed.
    if is_gone {
        withdrawn()?;
    }
    let mut given = given_back();
    let mut remains = withdrawn()?;
    if given.is_err() {
        // On a full disk there is room now, and what was lost and diverted is a file again.
        given = given_back();
        remains.naming = withdrawn()?.naming;
    }
    let given = given.unwrap_or_else(|trouble| vec![Finding::new(Level::Error, trouble.to_string())]);
    Ok(left_branded(&remains).into_iter().chain(given).collect())
}

/// What is left of the brand, and why.
fn left_branded(remains: &Remains) -> Vec<Finding> {
    let naming = remains.naming.iter().map(|path| {
        let message = format!("`{path}` names pictures of the brand, so those stay, below `var/lib/rebrand`");
        let hint = "take the lines out, and the next removal of rebrand takes the pictures away";
        Finding::new(Level::Warning, message).hint(hint)
    });
    remains.branded.iter().map(stays_branded).chain(naming).collect()
}

/// What would keep such a run below `root` from the project in the folder `project`, which it reads.
pub(super) fn obstacles(root: &Path, project: &Path) -> Vec<Finding> {
    let context = unattended(root);
    let is_read = |folder: &Path| host::is_same_folder(folder, project);
    if !context.project.as_deref().is_some_and(is_read) {
        return Vec::new();
    }
    let findings = match open(&context) {
        Ok(_) => Vec::new(),
        Err(Trouble::Faults(faults)) => faults.into_iter().map(Finding::from).collect(),
        Err(trouble) => vec![Finding::new(Level::Error, trouble.to_string())],
    };
    let told = |finding: Finding| {
        let message = format!("an upgrade would leave the brand as it is: {}", finding.message);
        Finding { message, ..finding }
    };
    findings.into_iter().map(told).collect()
}

/// How a run goes that nobody started.
fn unattended(root: &Path) -> Context {
    let project = Some(root.join(AUTHORITY));
    Context { project, locked: true, offline: true, only_made: true, ..alone(root) }
}

fn alone(root: &Path) -> Context {
    Context { patience: Patience { own: OWN_PATIENCE, ..Patience::NONE }, ..Context::new(root.to_owned()) }
}

/// Where links of ours lead nowhere, or the client is gone, nothing of ours is left in the way. Tells whether that was
/// so.
fn site_that_loads(folder: &Path, is_gone: bool) -> Result<bool, Trouble> {
    let root = Root::open(folder)?;
    let is_in_the_way = is_gone || host::is_broken(&root)?;
    if is_in_the_way {
        let lock = host::lock(&root, alone(folder).patience, &mut |_| ())?;
        host::withdraw(&root, &lock, is_gone)?;
    }
    Ok(is_in_the_way)
}

fn told(trouble: Trouble, run: &mut LastRun) -> Outcome {
    match trouble {
        Trouble::Host(host::Error::NoSite(_)) => Outcome::NoSite,
        Trouble::Host(host::Error::Locked(_) | host::Error::DpkgBusy(_)) => Outcome::Busy,
        Trouble::Host(error) => Outcome::Failed(error.to_string()),
        Trouble::Unreachable(error) => Outcome::Failed(error.to_string()),
        Trouble::Faults(faults) => {
            run.findings = faults.into_iter().map(Finding::from).collect();
            Outcome::BadProject
        }
    }
}
