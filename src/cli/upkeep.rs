//! `rehearse` and `upgrade`: what the next packages do to the brand.

use std::path::PathBuf;

use super::commands::{findings, name_project};
use super::{Args, Exit, say, told, writing};
use crate::deeds::{self, Context, Ended, Rehearsal, Step, Told, Trouble, Upgraded, Verdict};
use crate::host;
use crate::report;

/// What `packages`, or those that apt would install, do to the brand.
pub(super) fn rehearse(args: &Args, context: &Context, packages: &[PathBuf]) -> Result<Exit, Trouble> {
    name_project(args);
    if !packages.is_empty() {
        return Ok(rehearsed(args, &deeds::rehearse(context, packages)?.unattended(context)));
    }
    if let Some(exit) = cannot_ask_apt(context, "apt is asked", "name .deb files instead") {
        return Ok(exit);
    }
    let Some(rehearsal) = deeds::rehearse_candidate(context)? else {
        if args.json {
            say::json(&report::nothing_newer_json());
        } else if !args.quiet {
            say::aside("nothing newer: apt would install what is installed\n");
            on_hold(&host::installed(&["jitsi-meet-web", "jitsi-meet-web-config"])?.on_hold);
        }
        return Ok(Exit::Done);
    };
    Ok(rehearsed(args, &rehearsal.unattended(context)))
}

/// Shows a rehearsal.
fn rehearsed(args: &Args, rehearsal: &Rehearsal) -> Exit {
    if args.json {
        say::json(&report::rehearsal_json(rehearsal));
    } else {
        if !args.quiet {
            say::data(&report::rehearsal(rehearsal, args.verbose));
        }
        findings(args, &rehearsal.plan);
        for wish in &rehearsal.lost {
            say::error(&format!("`{wish}` is in force now, and would be lost"), None);
        }
    }
    if rehearsal.is_good() { Exit::Done } else { Exit::No }
}

/// apt and the services are the machine's, and of no folder that stands for it; and apt uses the network.
fn cannot_ask_apt(context: &Context, what: &str, instead: &str) -> Option<Exit> {
    let reason = if context.root != std::path::Path::new("/") {
        "with `--root /` alone"
    } else if context.offline {
        "over the network, and `--offline` leaves it alone"
    } else {
        return None;
    };
    say::error(&format!("{what} {reason}"), Some(instead));
    Some(Exit::Trouble)
}

/// The runbook of an upgrade.
pub(super) fn upgrade(
    args: &Args,
    context: &Context,
    yes: bool,
    restarts: &[String],
) -> Result<Exit, Trouble> {
    if let Some(exit) = cannot_ask_apt(context, "apt upgrades", "upgrade where the site runs") {
        return Ok(exit);
    }
    if !yes && !host::is_terminal() {
        say::error("`upgrade` asks first, and here is nobody to ask", Some("`--yes` does it without asking"));
        return Ok(Exit::No);
    }
    let done = deeds::upgrade(context, yes, &mut |told| told_of(args, yes, &told));
    let mut exit = ended(&done);
    for service in restarts {
        // Nothing is restarted for an upgrade that was not to be, or that broke off.
        if exit == Exit::Done && !deeds::restart(service)? {
            say::error(&format!("failed to restart `{service}`"), Some("`systemctl status` tells why"));
            exit = Exit::Trouble;
        }
    }
    let left = done.outdated.iter().filter(|service| !restarts.iter().any(|name| name == *service));
    for service in left.filter(|_| !args.quiet) {
        say::aside(&format!(
            "note: `{service}` runs code from before the upgrade; restarting it ends the meetings that need it: \
             `systemctl restart {service}`\n"
        ));
    }
    Ok(exit)
}

/// Tells of a step, and answers whether it is agreed to.
fn told_of(args: &Args, yes: bool, told: &Told<'_>) -> bool {
    match told {
        Told::Begins(step) if !args.quiet => say::aside(&format!("# {}\n", words(*step))),
        Told::Begins(_) => {}
        Told::OnHold(packages) => on_hold(packages),
        Told::Waits(lock) => writing::waiting(args, lock),
        Told::Rehearsed(rehearsal) => {
            match rehearsal {
                Some(rehearsal) => drop(rehearsed(args, rehearsal)),
                None => say::aside("apt has no newer web client to install; of other packages it may have\n"),
            }
            return yes || host::ask("upgrade?");
        }
        Told::Plans(_, plan) => {
            if !args.quiet {
                say::data(&report::keys(plan, args.verbose));
            }
            findings(args, plan);
        }
    }
    true
}

/// Not even `--quiet` hides that an upgrade leaves them.
fn on_hold(packages: &[String]) {
    for name in packages {
        let message = format!("warning: `{name}` is on hold, so apt leaves it as it is\n");
        say::aside(&(message + &format!("hint: `apt-mark unhold {name}` ends that\n")));
    }
}

fn words(step: Step) -> &'static str {
    match step {
        Step::Refresh => "refresh the lists of apt",
        Step::Rehearse => "rehearse",
        Step::Upgrade => "upgrade the packages",
        Step::Apply => "apply the brand",
        Step::Check => "check",
    }
}

/// Says how it ended, and in plain words what the site is now.
fn ended(done: &Upgraded) -> Exit {
    let exit = match &done.ended {
        Ended::Done | Ended::Held => Exit::Done,
        Ended::Declined => {
            say::aside("nothing was upgraded\n");
            Exit::No
        }
        Ended::NotApplied => {
            say::error("the packages are upgraded, and the brand could not be applied", None);
            Exit::No
        }
        Ended::WouldLose => {
            let hint = "change the brand, or run it on a terminal and agree; nothing was upgraded";
            say::error("the upgrade would lose what is in force now", Some(hint));
            Exit::No
        }
        Ended::Failed(step, trouble) => {
            say::error(&format!("failed to {}", words(*step)), None);
            told(trouble)
        }
    };
    let is_held = matches!(done.ended, Ended::Held);
    match &done.state {
        Ok(_) if is_held => {
            say::aside("the site is as it was shipped, as `restore` left it, until `rebrand apply`\n");
        }
        Ok(verdict) if verdict.is_in_force => say::aside("the site is branded: every wish is in force\n"),
        Ok(verdict) => {
            let files: Vec<&str> = verdict.differing().map(|file| file.path.as_str()).collect();
            let what = if files.is_empty() { "a wish".to_owned() } else { files.join(", ") };
            say::error(
                &format!("the site works, but not as wished: {what}"),
                Some("`rebrand status` tells more, and `rebrand apply` mends what can be"),
            );
        }
        Err(trouble) => {
            say::error("what visitors meet cannot be told:", None);
            told(trouble);
        }
    }
    let is_as_meant = |verdict: &Verdict| verdict.is_in_force || is_held;
    if exit == Exit::Done && !done.state.as_ref().is_ok_and(is_as_meant) { Exit::No } else { exit }
}
