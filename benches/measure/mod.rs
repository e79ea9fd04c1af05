//! What all benches share: their options, medians, and a table of what was measured against what is promised.
//!
//! A bench prints one line a promise. It fails only with `--enforce`, for a shared machine is too noisy to judge.

use std::process::ExitCode;
use std::time::Duration;

/// What the command line asks for.
#[derive(Clone, Copy)]
pub(crate) struct Options {
    /// Few rounds: shows that the bench works, says little about speed.
    pub(crate) quick: bool,
    /// Exit 1 if a promise is not held.
    enforce: bool,
}

impl Options {
    /// Reads the arguments; unknown ones are cargo's own, such as `--bench`.
    pub(crate) fn from_arguments() -> Self {
        let given = |name: &str| std::env::args().any(|argument| argument == name);
        Options { quick: given("--quick"), enforce: given("--enforce") }
    }

    /// How often to measure: `full` times, or five.
    pub(crate) fn rounds(self, full: usize) -> usize {
        if self.quick { 5 } else { full }
    }
}

/// One promise, and what became of it. All figures are of one unit.
struct Line {
    what: String,
    measured: f64,
    limit: f64,
    unit: &'static str,
}

/// The promises of one bench.
pub(crate) struct Table {
    lines: Vec<Line>,
}

impl Table {
    /// A table with the heading `title`.
    pub(crate) fn new(title: &str) -> Self {
        println!("{title}");
        Table { lines: Vec::new() }
    }

    /// Adds that `what` came to `measured` and may come to `limit`, in `unit`.
    pub(crate) fn add(&mut self, what: &str, measured: f64, limit: f64, unit: &'static str) {
        self.lines.push(Line { what: what.to_owned(), measured, limit, unit });
    }

    /// Prints the table; the exit status says whether all is held, if the options ask for it.
    pub(crate) fn finish(self, options: Options) -> ExitCode {
        let width = self.lines.iter().map(|line| line.what.chars().count()).max().unwrap_or(0);
        println!("{:width$}  {:>12}  {:>12}  {:>6}  verdict", "what", "measured", "limit", "ratio");
        for line in &self.lines {
            let figure = |value: f64| format!("{value:.2} {}", line.unit);
            let (measured, limit) = (figure(line.measured), figure(line.limit));
            let verdict = if line.is_held() { "held" } else { "not held" };
            println!(
                "{:width$}  {measured:>12}  {limit:>12}  {:>6.2}  {verdict}",
                line.what,
                line.measured / line.limit
            );
        }
        println!();
        let held = self.lines.iter().all(Line::is_held);
        if held || !options.enforce { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}

impl Line {
    fn is_held(&self) -> bool {
        self.measured <= self.limit
    }
}

/// The median, in milliseconds; 0 of nothing.
pub(crate) fn median(times: &mut [Duration]) -> f64 {
    times.sort_unstable();
    times.get(times.len() / 2).map_or(0.0, |time| time.as_secs_f64() * 1000.0)
}
