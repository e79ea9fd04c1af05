//! Walks a patch file from one file header to the next, and goes on after a fault.
//!
//! What stands outside of headers and hunks (the head of a mail, prose, a signature) is passed over, as `patch` does.

use std::collections::HashSet;

use super::body::{self, Place};
use super::header::{self, Refusal};
use super::{FilePatch, Hunk, name};
use crate::fault::{Fault, Place as Written};
use crate::text::{Span, Text};

/// A patch file while it is read: its lines, and its faults so far.
pub(super) struct Reader<'a> {
    file: &'a str,
    text: &'a Text,
    /// Without line ends.
    lines: Vec<Span>,
    /// The next line, from 0.
    at: usize,
    faults: Vec<Fault>,
}

/// Reads `text`, which is the patch file `file`.
pub(super) fn patches(file: &str, text: &Text) -> Result<Vec<FilePatch>, Vec<Fault>> {
    let mut reader = Reader { file, text, lines: lines(text), at: 0, faults: Vec::new() };
    let patches = reader.patches();
    if reader.faults.is_empty() {
        return Ok(patches);
    }
    reader.faults.sort_by_key(|fault| (fault.place.line, fault.place.column));
    Err(reader.faults)
}

impl<'a> Reader<'a> {
    fn patches(&mut self) -> Vec<FilePatch> {
        let mut patches = Vec::new();
        let mut is_empty = true;
        while let Some(line) = self.line(0) {
            let is_git = line.starts_with("diff --git ");
            let is_file = is_git || self.is_file(0);
            is_empty &= !is_file;
            if is_file {
                patches.extend(self.file(is_git));
            } else if let Some(refusal) = header::outside(line) {
                is_empty = false;
                self.refuse(refusal);
                self.skip();
                // What follows in a diff of a merge is told by its first line.
                while header::is_merge(line) && self.line(0).is_some_and(|line| !line.starts_with("diff ")) {
                    self.skip();
                }
            } else {
                self.at += 1;
            }
        }
        if is_empty && self.faults.is_empty() {
            let hint = "make it with `git diff` or `diff -u`";
            self.fault(Span::empty(0), "the file holds no unified diff", hint);
        }
        self.each_once(&patches);
        patches
    }

    /// A file header, and the hunks below it.
    fn file(&mut self, is_git: bool) -> Option<FilePatch> {
        let first = self.span(0);
        let faults = self.faults.len();
        let mut refused = is_git && self.git_header();
        if !self.is_file(0) {
            if !refused {
                self.fault(first, "nothing is changed below this line", "leave it out, or add the hunks");
            }
            return None;
        }
        let at = self.span(1);
        let path = self.names(is_git, &mut refused);
        self.at += 2;
        let hunks = self.hunks(refused);
        if hunks.is_empty() && self.faults.len() == faults {
            self.fault(at, "no hunk follows this line", "add the hunks, or leave the file out");
        }
        Some(FilePatch { path: path?, at, hunks })
    }

    /// Passes what git writes above the names; whether the file was refused for it.
    fn git_header(&mut self) -> bool {
        self.at += 1;
        let mut refused = false;
        while let Some(line) = self.line(0).filter(|line| header::is_git(line)) {
            if let Some(refusal) = header::refusal(line).filter(|_| !refused) {
                self.refuse(refusal);
                refused = true;
            }
            self.at += 1;
        }
        refused
    }

    /// The path that the next two lines name.
    fn names(&mut self, is_git: bool, refused: &mut bool) -> Option<String> {
        let (old, new) = (self.line(0)?, self.line(1)?);
        let named = name::named(old, new, is_git);
        match named {
            Ok(path) => Some(path),
            Err(wrong) => {
                let span = self.span(usize::from(!wrong.is_old));
                if !*refused {
                    self.fault(span, wrong.message, wrong.hint);
                }
                *refused = true;
                None
            }
        }
    }

    /// The hunks of a file, in order. Those of a `refused` file are read only to find where they end.
    fn hunks(&mut self, mut refused: bool) -> Vec<Hunk> {
        let (mut hunks, mut place) = (Vec::new(), Place::default());
        while let Some(line) = self.line(0).filter(|line| line.starts_with("@@")) {
            let faults = self.faults.len();
            if let Some(refusal) = header::outside(line).filter(|_| header::is_merge(line)) {
                self.refuse(refusal);
                self.skip();
            } else {
                hunks.extend(body::hunk(self, &mut place));
            }
            if refused {
                self.faults.truncate(faults);
            }
            refused |= header::is_merge(line);
        }
        hunks
    }

    /// Every file may be patched once.
    fn each_once(&mut self, patches: &[FilePatch]) {
        let mut seen = HashSet::new();
        for patch in patches {
            if !seen.insert(patch.path.as_str()) {
                let message = format!("`{}` is patched twice", patch.path);
                self.fault(patch.at, message, "write all hunks of a file below one header, in their order");
            }
        }
    }

    /// Adds the fault `message` at `span`.
    pub(super) fn fault(&mut self, span: Span, message: impl Into<String>, hint: impl Into<String>) {
        let place = Written::of(self.file, self.text, span);
        self.faults.push(Fault { place, message: message.into(), hint: Some(hint.into()) });
    }

    /// Adds the fault that the next line is.
    fn refuse(&mut self, refusal: Refusal) {
        let span = self.span(0);
        self.fault(span, refusal.message, refusal.hint);
    }

    /// Passes the next line and all after it up to the next hunk or file.
    pub(super) fn skip(&mut self) {
        self.at += 1;
        while self.line(0).is_some() && !self.is_header() {
            self.at += 1;
        }
    }

    /// Passes the next line.
    pub(super) fn pass(&mut self) {
        self.at += 1;
    }

    /// The line `ahead` of the next one, without its line end.
    pub(super) fn line(&self, ahead: usize) -> Option<&'a str> {
        let span = self.lines.get(self.at + ahead)?;
        Some(self.text.slice(*span))
    }

    /// The span of the line `ahead` of the next one.
    pub(super) fn span(&self, ahead: usize) -> Span {
        let end = Span::empty(self.text.as_str().len());
        self.lines.get(self.at + ahead).copied().unwrap_or(end)
    }

    /// Whether a hunk or a file starts at the next line.
    pub(super) fn is_header(&self) -> bool {
        let starts = |start| self.line(0).is_some_and(|line| line.starts_with(start));
        starts("@@") || starts("diff ") || self.is_file(0)
    }

    /// Whether the names of a file stand `ahead` of the next line.
    pub(super) fn is_file(&self, ahead: usize) -> bool {
        let starts = |ahead, start| self.line(ahead).is_some_and(|line| line.starts_with(start));
        starts(ahead, "--- ") && starts(ahead + 1, "+++ ")
    }
}

/// The spans of all lines, without line ends and byte-order mark.
fn lines(text: &Text) -> Vec<Span> {
    let mut end = 0;
    let span = |line: &str| {
        let mark = if end == 0 && line.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let start = end + mark;
        end += line.len();
        let ending = line.len() - line.strip_suffix('\n').map_or(line, without_return).len();
        Span::new(start, end - ending)
    };
    text.as_str().split_inclusive('\n').map(span).collect()
}

fn without_return(line: &str) -> &str {
    line.strip_suffix('\r').unwrap_or(line)
}
