//! Printing: data to standard output, everything else to standard error.
//!
//! A reader that closes the pipe early ends nothing: the rest is simply not printed.

use std::io::Write as _;

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
