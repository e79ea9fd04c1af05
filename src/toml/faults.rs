//! The faults of one file, gathered while it is read.
//!
//! Readers go on after a fault. What stands on a broken line is not judged: it is not what its author wrote.

use std::ops::RangeInclusive;

use crate::edit::Wish;
use crate::fault::{Fault, Place};
use crate::text::{Span, Text};

/// The faults of a file so far.
#[derive(Debug)]
pub struct Faults<'a> {
    file: &'a str,
    text: &'a Text,
    broken: Vec<RangeInclusive<usize>>,
    found: Vec<Fault>,
}

impl<'a> Faults<'a> {
    /// No faults yet in the file `file`, whose lines `broken` (from 1) could not be read.
    pub(super) fn new(file: &'a str, text: &'a Text, broken: Vec<RangeInclusive<usize>>) -> Self {
        Faults { file, text, broken, found: Vec::new() }
    }

    /// Adds a fault of syntax, which breaks the lines it was found on.
    pub(super) fn add_syntax(&mut self, span: Span, message: String, hint: String) {
        self.found.push(Fault { place: self.place(span), message, hint: Some(hint) });
    }

    /// Adds the fault `message` at `span`, unless it stands on a broken line.
    pub fn add(&mut self, span: Span, message: impl Into<String>, hint: impl Into<String>) {
        let place = self.place(span);
        if !self.broken.iter().any(|lines| lines.contains(&place.line)) {
            self.found.push(Fault { place, message: message.into(), hint: Some(hint.into()) });
        }
    }

    /// The place of `span`.
    #[must_use]
    pub fn place(&self, span: Span) -> Place {
        Place::of(self.file, self.text, span)
    }

    /// The wish `name`, written at `span`.
    #[must_use]
    pub fn wish(&self, name: String, span: Span) -> Wish {
        Wish { name, place: self.place(span) }
    }

    /// What is written at `span`.
    #[must_use]
    pub fn source(&self, span: Span) -> &'a str {
        self.text.slice(span)
    }

    /// `value` if there were no faults.
    ///
    /// # Errors
    /// All faults, sorted by place.
    pub fn outcome<T>(mut self, value: T) -> Result<T, Vec<Fault>> {
        if self.found.is_empty() {
            return Ok(value);
        }
        self.found.sort_by_key(|fault| (fault.place.line, fault.place.column));
        Err(self.found)
    }
}

/// The one of `names` that `name` was most likely meant to be, if any is near.
pub fn nearest<'n>(name: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let name = name.to_lowercase();
    names
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(&name, &candidate.to_lowercase()), candidate))
        .filter(|(distance, candidate)| *distance <= candidate.chars().count().div_ceil(3).min(3))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}
