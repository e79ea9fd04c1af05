//! Printing: data to standard output, everything else to standard error.
//!
//! A reader that closes the pipe early ends nothing: the rest is simply not printed.

use std::io::Write as _;
use std::time::Duration;

use indicatif::ProgressBar;

use crate::fault::{Fault, Finding};
use crate::report;

/// Prints data.
pub(super) fn data(text: &str) {
    let _ = anstream::stdout().lock().write_all(text.as_bytes());
}

/// Prints a JSON document.
pub(super) fn json(document: &serde_json::Value) {
    data(&format!("{document:#}\n"));
}

/// Prints something that is not data.
pub(super) fn aside(text: &str) {
    let _ = anstream::stderr().lock().write_all(text.as_bytes());
}

/// Prints an error.
pub(super) fn error(message: &str, hint: Option<&str>) {
    aside(&report::plain(message, hint));
}

/// Prints a fault of a project's file.
pub(super) fn fault(fault: &Fault) {
    aside(&report::fault(fault));
}

/// Prints a finding.
pub(super) fn finding(finding: &Finding) {
    aside(&report::drawn(finding));
}

/// What is under way, on a terminal and only when it takes its time.
pub(super) struct Progress(ProgressBar);

impl Progress {
    /// Nothing is under way yet; with `silent` nothing is ever shown.
    pub(super) fn new(silent: bool) -> Self {
        let bar = if silent { ProgressBar::hidden() } else { ProgressBar::new_spinner() };
        Progress(bar)
    }

    /// Of `source`, `came` bytes have come, of `all` if that is known.
    pub(super) fn fetched(&self, source: &str, came: u64, all: Option<u64>) {
        // Nobody needs to see what is over at once.
        if self.0.elapsed() < PATIENCE {
            return;
        }
        let of = all.map(|all| format!(" of {all}")).unwrap_or_default();
        self.0.set_message(format!("{source}: {came}{of} bytes"));
        self.0.tick();
    }

    /// Nothing is under way any more.
    pub(super) fn end(&self) {
        self.0.finish_and_clear();
    }
}

/// How long nothing is shown.
const PATIENCE: Duration = Duration::from_millis(500);
