//! The commands that write to a site: asking, telling how it ended, and the runs that no person started.

use std::path::Path;
use std::time::Duration;

use super::args::{Args, Write};
use super::commands::{context, findings, name_project};
use super::{Exit, say};
use crate::deeds::{self, Applied, Context, NotKept, Opened, Outcome, Person, Trouble};
use crate::host::{self, Patience};
use crate::plan::Plan;
use crate::report;

pub(super) fn apply(args: &Args, write: &Write, accept_base: bool) -> Result<Exit, Trouble> {
    let context = Context { accept_base, ..writing(args, write) };
    if let Some(exit) = cannot_restart(&context, write) {
        return Ok(exit);
    }
    name_project(args);
    let (mut shown, mut restarts, mut figures) = (None, Vec::new(), Figures::default());
    let mut progress = say::Progress::new(args.quiet || args.json);
    let mut agree = |opened: &Opened, plan: &Plan| {
        progress.end();
        restarts.clone_from(&plan.restarts);
        figures = Figures { ahead: report::ahead(plan), done: report::done(plan) };
        shown = args.json.then(|| report::plan_json("apply", !plan.is_refused(), opened, plan));
        agreed(args, write, "apply", opened, plan)
    };
    let mut person = Person { agree: &mut agree, waiting: &mut |lock| waiting(args, lock) };
    let done = deeds::apply(&context, write.dry_run, &mut person)?;
    let exit = finished(args, write, done, &figures.said("applied"), shown);
    restarted(args, write, done, &restarts, exit)
}

pub(super) fn restore(args: &Args, write: &Write, to: Option<u64>) -> Result<Exit, Trouble> {
    let context = writing(args, write);
    if let Some(exit) = cannot_restart(&context, write) {
        return Ok(exit);
    }
    let (mut shown, mut left, mut restarts, mut figures) = (None, false, Vec::new(), Figures::default());
    let mut agree = |opened: &Opened, plan: &Plan| {
        restarts.clone_from(&plan.restarts);
        figures = Figures { ahead: report::ahead(plan), done: report::done(plan) };
        left = plan.files.iter().any(|file| file.is_given_back_in_part(write.overwrite_drift));
        shown = args.json.then(|| report::plan_json("restore", !plan.is_refused(), opened, plan));
        agreed(args, write, "restore", opened, plan)
    };
    let mut person = Person { agree: &mut agree, waiting: &mut |lock| waiting(args, lock) };
    let done = match to {
        None => deeds::restore(&context, write.dry_run, &mut person)?.map_err(|_| nothing_kept()),
        Some(number) => {
            let done = deeds::restore_to(&context, number, write.dry_run, &mut person)?;
            done.map_err(|kept| not_kept(number, &kept))
        }
    };
    let Ok(done) = done else { return Ok(Exit::No) };
    let exit = finished(args, write, done, &figures.said("restored"), shown);
    let exit = restarted(args, write, done, &restarts, exit)?;
    Ok(if left && exit == Exit::Done { Exit::No } else { exit })
}

fn nothing_kept() {
    let hint = "`apply` keeps what it replaces under `var/lib/rebrand`; packages are restored by installing them again";
    say::error("nothing is kept here that could be given back", Some(hint));
}

fn not_kept(number: u64, kept: &NotKept) {
    let kept: Vec<String> = kept.generations.iter().map(u64::to_string).collect();
    let hint = if kept.is_empty() {
        "generations are kept where branded files are links, on a server with packages".to_owned()
    } else {
        format!("these are: {}", kept.join(", "))
    };
    say::error(&format!("generation {number} is not kept"), Some(&hint));
}

/// `apply --trigger`: always done, whatever it came to; `status` tells.
pub(super) fn triggered(args: &Args) -> Exit {
    if args.project.is_some() {
        say::error("the trigger reads /etc/rebrand alone, so `-C` is left aside", None);
    }
    let run = deeds::triggered(&args.root);
    if args.json {
        say::json(&report::last_run_json(&run));
    } else if !matches!(run.outcome, Outcome::Nothing | Outcome::NoSite | Outcome::NoBrand) && !args.quiet {
        say::aside(&format!("rebrand: {}\n", report::last_run(&run)));
    }
    Exit::Done
}

/// `restore --trigger`: the package is being removed.
pub(super) fn withdrawn(args: &Args) -> Exit {
    match deeds::withdraw(&args.root) {
        Ok(findings) => findings.iter().for_each(say::finding),
        Err(trouble) => {
            super::told(&trouble);
        }
    }
    Exit::Done
}

/// The context of a command that writes.
fn writing(args: &Args, write: &Write) -> Context {
    let dpkg = Duration::from_secs(write.lock_timeout);
    let patience = Patience { dpkg, ..Patience::NONE };
    Context { overwrite_drift: write.overwrite_drift, patience, ..context(args) }
}

pub(super) fn waiting(args: &Args, lock: &Path) {
    if !args.quiet {
        say::aside(&format!("apt or dpkg is at work: waiting until it gives back `{}`\n", lock.display()));
    }
}

/// Shows the plan, and asks where a person can be asked.
fn agreed(args: &Args, write: &Write, verb: &str, opened: &Opened, plan: &Plan) -> bool {
    if opened.interrupted && !args.quiet {
        say::aside("note: an earlier run had been interrupted, and was healed\n");
    }
    let is_shown = plan.is_refused() || write.dry_run || !plan.changes_files();
    let is_asked = !is_shown && !write.yes && !args.json && host::is_terminal();
    if !args.json {
        // Nobody can agree to what was not shown.
        if !args.quiet || is_asked {
            say::data(&report::keys(plan, args.verbose));
        }
        findings(args, plan);
    }
    if is_shown {
        return false;
    }
    if write.yes {
        return true;
    }
    if !is_asked {
        say::error(
            &format!("`{verb}` asks first, and here is nobody to ask"),
            Some("`--yes` does it without asking"),
        );
        return false;
    }
    host::ask(&report::question(verb, plan))
}

/// How much a plan changes, in words.
#[derive(Default)]
struct Figures {
    ahead: String,
    done: String,
}

/// The last line of a run: after a dry one, and after one that wrote.
struct LastWords {
    dry: String,
    done: String,
}

impl Figures {
    /// The last line of a run that did what `verb` says.
    fn said(&self, verb: &str) -> LastWords {
        let with = |word: &str, figures: &str, between: &str| {
            if figures.is_empty() { word.to_owned() } else { format!("{word}{between}{figures}") }
        };
        let dry = with("dry run: nothing was written", &self.ahead, "; ");
        LastWords { dry, done: with(verb, &self.done, ": ") }
    }
}

/// What `apply` and `restore` end with.
fn finished(
    args: &Args,
    write: &Write,
    done: Applied,
    words: &LastWords,
    shown: Option<serde_json::Value>,
) -> Exit {
    let (exit, words) = match done {
        Applied::Nothing => (Exit::Done, "nothing to do"),
        Applied::Done => (Exit::Done, words.done.as_str()),
        Applied::NotDone if write.dry_run => (Exit::No, words.dry.as_str()),
        Applied::Refused | Applied::NotDone => (Exit::No, "nothing was written"),
    };
    // Who was asked is answered.
    let is_answer = done == Applied::NotDone && !write.dry_run && host::is_terminal();
    if let Some(mut document) = shown {
        document["ok"] = (exit == Exit::Done).into();
        document["written"] = matches!(done, Applied::Done).into();
        say::json(&document);
    } else if !args.quiet || is_answer {
        say::aside(&format!("{words}\n"));
    }
    exit
}

/// Services belong to the whole machine, and to no folder that stands for it.
fn cannot_restart(context: &Context, write: &Write) -> Option<Exit> {
    let is_meant = write.restart && context.root != std::path::Path::new("/");
    is_meant.then(|| {
        let hint = "leave `--restart` out, and restart them where they run";
        say::error("services are restarted with `--root /` alone", Some(hint));
        Exit::Trouble
    })
}

/// Restarts `services` where that was asked for, else says that they have to be.
fn restarted(
    args: &Args,
    write: &Write,
    done: Applied,
    services: &[String],
    exit: Exit,
) -> Result<Exit, Trouble> {
    let mut exit = exit;
    for service in services.iter().filter(|_| matches!(done, Applied::Done)) {
        if !write.restart {
            if !args.quiet {
                say::aside(&format!("note: `systemctl restart {service}` puts its changed file in force\n"));
            }
        } else if !host::restart(service)? {
            let hint = "its files are as they should be; `systemctl status` tells what it says of them";
            say::error(&format!("failed to restart `{service}`"), Some(hint));
            exit = Exit::Trouble;
        }
    }
    Ok(exit)
}
