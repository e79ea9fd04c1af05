//! Unified diffs: read strictly, and put in with all their context or not at all.
//!
//! The packages for diffs that are there keep no places for messages, tell no offsets, or fall back to line numbers, so
//! reading and placing are done here. Knows nothing of disks and sites.

mod apply;
mod parse;
mod path;

pub use apply::{Applied, Misfit, Outcome, Reason};
pub use parse::parse;

use crate::text::Span;

/// A patch of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilePatch {
    /// The file, without `a/`, `b/` and a leading `/`.
    pub path: String,
    /// Its `+++` line in the diff.
    pub at: Span,
    /// What changes, in the order of the file.
    pub hunks: Vec<Hunk>,
}

/// Lines that change together, with those around them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hunk {
    at: Span,
    /// The line of the file, from 1, at which it begins before and after.
    starts: [usize; 2],
    lines: Vec<Line>,
}

/// One line of a hunk.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Line {
    kind: Kind,
    text: String,
    /// Whether a line end follows; only the last line of a file may have none.
    is_ended: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Context,
    Removed,
    Added,
}

impl Hunk {
    /// Its `@@` line in the diff.
    #[must_use]
    pub fn at(&self) -> Span {
        self.at
    }

    /// How many lines stand before the first that changes.
    #[must_use]
    pub fn lead(&self) -> usize {
        self.lines.iter().take_while(|line| line.kind == Kind::Context).count()
    }

    /// The lines that it takes out.
    #[must_use]
    pub fn removed(&self) -> Vec<&str> {
        self.of(Kind::Removed)
    }

    /// The lines that it puts in.
    #[must_use]
    pub fn added(&self) -> Vec<&str> {
        self.of(Kind::Added)
    }

    fn of(&self, kind: Kind) -> Vec<&str> {
        self.lines.iter().filter(|line| line.kind == kind).map(|line| line.text.as_str()).collect()
    }

    /// The lines that stand there before, or with `Kind::Removed` those that stand there after.
    fn without(&self, kind: Kind) -> Vec<&Line> {
        self.lines.iter().filter(|line| line.kind != kind).collect()
    }
}

impl FilePatch {
    /// The patch that takes this one back.
    #[must_use]
    pub fn reversed(&self) -> FilePatch {
        let kind = |kind| match kind {
            Kind::Context => Kind::Context,
            Kind::Removed => Kind::Added,
            Kind::Added => Kind::Removed,
        };
        let hunk = |hunk: &Hunk| {
            let [before, after] = hunk.starts;
            let lines = hunk.lines.iter().map(|line| Line { kind: kind(line.kind), ..line.clone() });
            Hunk { at: hunk.at, starts: [after, before], lines: lines.collect() }
        };
        FilePatch { path: self.path.clone(), at: self.at, hunks: self.hunks.iter().map(hunk).collect() }
    }
}
