//! Printing: data to standard output, everything else to standard error.
//!
//! A reader that closes the pipe early ends nothing: the rest is simply not printed. Data that is lost otherwise, as on
//! a full disk, is remembered, for what is left of it may look whole.

use std::io::{ErrorKind, IsTerminal as _, Write as _};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget};

use crate::deeds::Whereabouts;
use crate::doctor::Problem;
use crate::fault::{Fault, Finding, Level, Place};
use crate::host;
use crate::report;

static IS_LOST: AtomicBool = AtomicBool::new(false);

/// Prints data.
pub(super) fn data(text: &str) {
    let mut output = anstream::stdout().lock();
    let printed = output.write_all(text.as_bytes()).and_then(|()| output.flush());
    // The standard library takes an output that cannot be written for one that is closed on purpose.
    let is_closed = !host::is_writable(std::io::stdout());
    if is_closed || printed.is_err_and(|error| error.kind() != ErrorKind::BrokenPipe) {
        IS_LOST.store(true, Ordering::Relaxed);
    }
}

/// Prints data that may be long: to a person page by page, in the pager that git takes.
pub(super) fn pages(text: &str) {
    let output = std::io::stdout();
    if !output.is_terminal() {
        return data(text);
    }
    let has_colors = anstream::AutoStream::choice(&output) != anstream::ColorChoice::Never;
    let plain = || anstream::adapter::strip_str(text).to_string();
    let is_shown = if has_colors { host::page(text) } else { host::page(&plain()) };
    if !is_shown {
        data(text);
    }
}

/// Whether data was lost that somebody waits for.
pub(super) fn is_lost() -> bool {
    IS_LOST.load(Ordering::Relaxed)
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
    aside(&report::fault(&Fault { place: named(&fault.place), ..fault.clone() }));
}

/// Prints a finding.
pub(super) fn finding(finding: &Finding) {
    aside(&report::drawn(&Finding { place: finding.place.as_ref().map(named), ..finding.clone() }));
}

/// Prints findings in a line or two each; an error is drawn with its source all the same.
pub(super) fn brief(findings: &[Finding]) {
    let (errors, others): (Vec<&Finding>, Vec<&Finding>) =
        findings.iter().partition(|found| found.level == Level::Error);
    errors.into_iter().for_each(finding);
    let named = |found: &Finding| Finding { place: found.place.as_ref().map(named), ..found.clone() };
    aside(&report::brief(&others.into_iter().map(named).collect::<Vec<_>>()));
}

/// Prints what `doctor` found, which is data.
pub(super) fn problem(problem: &Problem) {
    data(&report::problem(problem, problem.place.as_ref().map(named).as_ref()));
}

/// Has places told from now on as a shell opens them `here`.
pub(super) fn set_whereabouts(here: Whereabouts) {
    // Once for each run.
    let _ = HERE.set(here);
}

/// Tells which project was taken, where that is not plain.
pub(super) fn project() {
    if let Some(Whereabouts { project: Some(folder), is_elsewhere: true, .. }) = HERE.get() {
        aside(&format!("project: {}\n", folder.display()));
    }
}

/// `place` as a shell opens it here.
pub(super) fn named(place: &Place) -> Place {
    HERE.get().map_or_else(|| place.clone(), |here| here.name(place))
}

static HERE: OnceLock<Whereabouts> = OnceLock::new();

/// What is under way, on a terminal and only when it takes its time.
pub(super) struct Progress {
    bar: ProgressBar,
    shown: Option<(mpsc::Sender<()>, JoinHandle<()>)>,
}

impl Progress {
    /// Work begins; with `silent` nothing is ever shown.
    pub(super) fn new(silent: bool) -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden()).with_message(MAKING);
        let is_seen = !silent && std::io::stderr().is_terminal();
        Progress { shown: is_seen.then(|| shown(bar.clone())), bar }
    }

    /// Of `source`, `came` bytes have come, of `all` if that is known.
    pub(super) fn fetched(&self, source: &str, came: u64, all: Option<u64>) {
        let of = all.map(|all| format!(" of {all}")).unwrap_or_default();
        let is_over = all == Some(came);
        self.bar.set_message(if is_over { MAKING.into() } else { format!("{source}: {came}{of} bytes") });
    }

    /// Work ended; nothing is shown any more.
    pub(super) fn end(&mut self) {
        if let Some((ended, shown)) = self.shown.take() {
            let _ = ended.send(());
            let _ = shown.join();
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.end();
    }
}

/// Shows `bar` when it has taken its time, until told that the work ended.
fn shown(bar: ProgressBar) -> (mpsc::Sender<()>, JoinHandle<()>) {
    let (ended, end) = mpsc::channel();
    let shown = thread::spawn(move || {
        if end.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
            bar.set_draw_target(ProgressDrawTarget::stderr());
            bar.enable_steady_tick(PATIENCE / 5);
            let _ = end.recv();
            bar.finish_and_clear();
        }
    });
    (ended, shown)
}

/// What takes time when nothing is fetched.
const MAKING: &str = "making pictures, once";
/// How long nothing is shown.
const PATIENCE: Duration = Duration::from_millis(500);
