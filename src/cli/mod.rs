//! The command line: raw arguments become one checked value, each command is a thin function, and this floor alone
//! prints.

mod args;
mod checks;
mod commands;
mod manual;
mod pictures;
mod say;
mod upkeep;
mod writing;

use std::process::ExitCode;

use clap::CommandFactory as _;

pub use args::Args;

use crate::deeds::{self, Health, Trouble};
use crate::host;

/// What the exit status says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Done, or already so.
    Done,
    /// The answer is no: a difference, drift, a conflict. Nothing was written.
    No,
    /// Trouble: bad usage, unreadable input, failed input or output.
    Trouble,
    /// Another run holds the lock.
    Busy,
    /// What `check --monitor` says, in the statuses of monitoring plugins.
    Health(Health),
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(match exit {
            Exit::Done => 0,
            Exit::No => 1,
            Exit::Trouble => 2,
            Exit::Busy => 75,
            Exit::Health(health) => plugin_status(health),
        })
    }
}

/// The status of a monitoring plugin: a table of its own, for 1 and 2 mean something else there.
fn plugin_status(health: Health) -> u8 {
    match health {
        Health::Ok => 0,
        Health::Warning => 1,
        Health::Critical => 2,
        Health::Unknown => 3,
    }
}

/// Runs the command line of this process.
#[must_use]
pub fn run() -> ExitCode {
    if host::is_worker() {
        return if host::work() { ExitCode::SUCCESS } else { ExitCode::FAILURE };
    }
    let args = match Args::read(&host::arguments()) {
        Ok(args) => args,
        Err(error) => return checks::misused(&error),
    };
    args.color.write_global();
    say::set_whereabouts(deeds::whereabouts(&commands::context(&args)));
    let exit = commands::run(&args).unwrap_or_else(|trouble| told(&trouble));
    if !say::is_lost() {
        return exit.into();
    }
    say::error("the output could not be written whole", None);
    match exit {
        // What is done is done.
        Exit::Done if args.command.writes() => exit,
        Exit::Done | Exit::No => Exit::Trouble,
        Exit::Health(_) => Exit::Health(Health::Unknown),
        Exit::Trouble | Exit::Busy => exit,
    }
    .into()
}

/// The command line as clap knows it: what the reference and the tests are held against.
#[must_use]
pub fn command() -> clap::Command {
    Args::command()
}

/// The command lines that the manual pages show.
pub fn examples() -> impl Iterator<Item = &'static str> {
    manual::EXAMPLES.iter().map(|(line, _)| *line)
}

fn told(trouble: &Trouble) -> Exit {
    match trouble {
        Trouble::Host(error) => {
            say::error(&error.to_string(), error.hint().as_deref());
            if matches!(error, host::Error::Locked(_) | host::Error::DpkgBusy(_)) {
                Exit::Busy
            } else {
                Exit::Trouble
            }
        }
        Trouble::Unreachable(error) => {
            say::error(&error.to_string(), error.hint());
            Exit::Trouble
        }
        Trouble::Faults(faults) => {
            for fault in faults {
                say::fault(fault);
            }
            Exit::Trouble
        }
    }
}
