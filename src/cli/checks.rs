//! `check`: for people, and for the systems that watch a machine.

use std::process::ExitCode;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use clap::CommandFactory as _;

use super::commands::findings;
use super::{Args, Exit, say};
use crate::deeds::{self, Context, Trouble, Visited};
use crate::report;

/// The longest that a monitoring system waits for its line.
const PATIENCE: Duration = Duration::from_secs(30);

/// Whether every wish is in force.
pub(super) fn check(args: &Args, context: &Context, strict: bool) -> Result<Exit, Trouble> {
    let verdict = deeds::check(context, strict)?;
    let exit = if verdict.is_in_force { Exit::Done } else { Exit::No };
    if args.json {
        say::json(&report::plan_json("check", verdict.is_in_force, &verdict.opened, &verdict.plan));
    } else if let Some(reason) = report::verdict(&verdict, strict).filter(|_| !args.quiet) {
        // Of a site that a person gave back there is one thing to be told, every day.
        if !verdict.is_given_back() {
            say::data(&report::keys(&verdict.plan, args.verbose));
            findings(args, &verdict.plan);
        }
        say::aside(&reason);
    }
    Ok(exit)
}

/// Whether a visitor gets what is wished.
pub(super) fn visit(args: &Args, context: &Context, url: &str) -> Result<Exit, Trouble> {
    if args.offline {
        say::error("`--url` asks a web server, and `--offline` leaves the network alone", None);
        return Ok(Exit::Trouble);
    }
    let visited = deeds::visit(context, url)?;
    let exit = if visited.findings.is_empty() { Exit::Done } else { Exit::No };
    if args.json {
        say::json(&report::visited_json(&visited));
    } else {
        visited.findings.iter().for_each(say::finding);
        if exit == Exit::Done && !args.quiet {
            let Visited { address, asked, .. } = &visited;
            say::aside(&format!("{asked} answers of {address} are as wished\n"));
        }
    }
    Ok(exit)
}

/// The same in one line, whatever happens: a disk that never answers is told of like anything else.
pub(super) fn monitor(context: Context, strict: bool) -> Exit {
    let (told, line) = mpsc::channel();
    thread::spawn(move || {
        let line = match deeds::check(&context, strict) {
            Ok(verdict) => report::monitored(&verdict),
            Err(trouble) => report::unknown(&reason(&trouble)),
        };
        // Nobody listens any more once the patience is over.
        let _ = told.send(line);
    });
    let (health, line) =
        line.recv_timeout(PATIENCE).unwrap_or_else(|_| report::unknown("there is no answer"));
    say::data(&line);
    Exit::Health(health)
}

/// What arguments that are none end with, in the statuses that whoever called understands.
pub(super) fn misused(error: &clap::Error) -> ExitCode {
    let lenient = Args::command().ignore_errors(true).try_get_matches();
    let is_watched = lenient.is_ok_and(|matches| {
        matches.subcommand_matches("check").is_some_and(|check| check.get_flag("monitor"))
    });
    if !is_watched || !error.use_stderr() {
        error.exit();
    }
    let text = error.to_string();
    let (health, line) =
        report::unknown(text.lines().next().unwrap_or_default().trim_start_matches("error: "));
    say::data(&line);
    Exit::Health(health).into()
}

fn reason(trouble: &Trouble) -> String {
    match trouble {
        Trouble::Faults(faults) => {
            let first = faults.first().map(|fault| format!("{}: {}", fault.place, fault.message));
            first.map_or_else(|| trouble.to_string(), |first| format!("{trouble}, such as {first}"))
        }
        Trouble::Host(_) | Trouble::Unreachable(_) => trouble.to_string(),
    }
}
