//! `upgrade`: the runbook in one command, and a plain word on the site at its end, wherever that is.

use std::cell::RefCell;
use std::path::Path;

use super::apply::{Applied, Person, apply};
use super::check::{Verdict, check};
use super::open::{Context, Opened, Trouble};
use super::rehearse::{Rehearsal, rehearse_candidate};
use crate::host::{self, Root};
use crate::plan::Plan;

/// The packages of Jitsi Meet that are upgraded where they are installed.
const PACKAGES: [&str; 8] = [
    "jitsi-meet",
    "jitsi-meet-web",
    "jitsi-meet-web-config",
    "jitsi-meet-prosody",
    "jitsi-meet-turnserver",
    "jitsi-meet-tokens",
    "jicofo",
    "jitsi-videobridge2",
];

/// The services that read their code when they start, and the packages that hold it.
const SERVICES: [(&str, &[&str]); 3] = [
    ("prosody", &["prosody", "jitsi-meet-prosody", "jitsi-meet-tokens"]),
    ("jicofo", &["jicofo"]),
    ("jitsi-videobridge2", &["jitsi-videobridge2"]),
];

/// A step of the runbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// apt refreshes its lists.
    Refresh,
    /// The new package is looked at.
    Rehearse,
    /// apt upgrades.
    Upgrade,
    /// The brand is put in force.
    Apply,
    /// The site is looked at.
    Check,
}

/// What is told on the way.
pub enum Told<'a> {
    /// A step begins.
    Begins(Step),
    /// Packages that `apt-mark hold` keeps as they are.
    OnHold(&'a [String]),
    /// What the upgrade does to the brand, or that there is no other web client; what is answered decides.
    Rehearsed(Option<&'a Rehearsal>),
    /// What is applied after it.
    Plans(&'a Opened, &'a Plan),
    /// A lock of apt or dpkg that is waited for.
    Waits(&'a Path),
}

/// How the runbook ended.
pub enum Ended {
    /// Every step was done.
    Done,
    /// It was not to be done.
    Declined,
    /// The packages are upgraded, and a person's `restore` holds the site: only a person puts the brand in force again.
    Held,
    /// A wish would be lost, and nobody was there to agree to that.
    WouldLose,
    /// The packages are upgraded, and the brand could not be applied.
    NotApplied,
    /// A step failed.
    Failed(Step, Trouble),
}

/// How the runbook ended, and what the site is now.
pub struct Upgraded {
    /// How it ended.
    pub ended: Ended,
    /// Whether visitors meet the brand, or why that cannot be told.
    pub state: Result<Verdict, Trouble>,
    /// The services that run code from before.
    pub outdated: Vec<&'static str>,
}

/// Goes through the runbook. `tell` is told of every step, and agrees to the upgrade or does not; `unattended` says
/// that nobody is there to be asked anything.
#[must_use]
pub fn upgrade(context: &Context, unattended: bool, tell: &mut dyn FnMut(Told<'_>) -> bool) -> Upgraded {
    let ended =
        steps(context, unattended, tell).unwrap_or_else(|(step, trouble)| Ended::Failed(step, trouble));
    tell(Told::Begins(Step::Check));
    let state = check(context, false);
    Upgraded { ended, state, outdated: outdated() }
}

fn steps(
    context: &Context,
    unattended: bool,
    tell: &mut dyn FnMut(Told<'_>) -> bool,
) -> Result<Ended, (Step, Trouble)> {
    tell(Told::Begins(Step::Refresh));
    host::refresh().map_err(|error| (Step::Refresh, error.into()))?;
    let host::Installed { free, on_hold } =
        host::installed(&PACKAGES).map_err(|error| (Step::Rehearse, error.into()))?;
    tell(Told::OnHold(&on_hold));
    tell(Told::Begins(Step::Rehearse));
    let rehearsal = rehearse_candidate(context).map_err(|trouble| (Step::Rehearse, trouble))?;
    let is_agreed = tell(Told::Rehearsed(rehearsal.as_ref()));
    if unattended && rehearsal.is_some_and(|rehearsal| !rehearsal.is_good()) {
        return Ok(Ended::WouldLose);
    }
    if !is_agreed {
        return Ok(Ended::Declined);
    }
    tell(Told::Begins(Step::Upgrade));
    host::upgrade(&free, unattended).map_err(|error| (Step::Upgrade, error.into()))?;
    if unattended && is_held(context).map_err(|error| (Step::Apply, error.into()))? {
        return Ok(Ended::Held);
    }
    tell(Told::Begins(Step::Apply));
    let tell = RefCell::new(tell);
    let mut person = Person {
        agree: &mut |opened, plan| tell.borrow_mut()(Told::Plans(opened, plan)),
        waiting: &mut |lock| {
            tell.borrow_mut()(Told::Waits(lock));
        },
    };
    let applied = apply(context, false, &mut person);
    match applied.map_err(|trouble| (Step::Apply, trouble))? {
        Applied::Done | Applied::Nothing => Ok(Ended::Done),
        Applied::NotDone | Applied::Refused => Ok(Ended::NotApplied),
    }
}

fn is_held(context: &Context) -> Result<bool, host::Error> {
    Ok(host::receipt(&Root::open(&context.root)?)?.is_some_and(|receipt| receipt.held))
}

/// The services that run code from before their packages were unpacked; one that nobody can tell of is left out.
fn outdated() -> Vec<&'static str> {
    let is_old =
        |service: &str, package: &&str| matches!(host::runs_old_code(service, package), Ok(Some(true)));
    let is_outdated = |(service, packages): &(&'static str, &[&str])| {
        packages.iter().any(|package| is_old(service, package))
    };
    SERVICES.iter().filter(|entry| is_outdated(entry)).map(|(service, _)| *service).collect()
}

/// Restarts `service`; whether that could be done.
///
/// # Errors
/// When systemd cannot be asked.
pub fn restart(service: &str) -> Result<bool, Trouble> {
    Ok(host::restart(service)?)
}
