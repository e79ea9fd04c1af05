//! Unified diffs: read strictly, and put into a text where their context stands whole.
//!
//! A hunk is put in where all its old lines stand, never nearly; all hunks of a file are put in, or none. Line ends
//! are the file's own. Two laws hold for every patch and every text: a second run changes nothing, and a patch that
//! was put in whole is taken back by its reverse. What would break them is refused, so `apply` proves its own result.
//! It knows nothing of disk or sites. `diffy`, `patch` and `gitpatch` read diffs too, but stop at the first error and
//! forget where each hunk is written, so none can tell every fault with its place.

mod body;
mod header;
mod misfit;
mod name;
mod page;
mod place;
mod put;
mod read;

pub use misfit::{Misfit, Near, Reason};

use page::Page;
use place::{Found, Stand};

use crate::fault::Fault;
use crate::text::{Span, SpliceSet, Text};

/// A patch of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilePatch {
    /// The file, below the root: relative, with `/`, without `.` and `..`, such as `etc/prosody/conf.d/x.cfg.lua`.
    pub path: String,
    /// Its `+++` line in the patch file.
    pub at: Span,
    /// The hunks, in the order of the file.
    pub hunks: Vec<Hunk>,
}

/// Lines that follow each other in a file, and what becomes of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hunk {
    at: Span,
    old_start: usize,
    new_start: usize,
    lines: Vec<Line>,
}

/// A line of a hunk.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Line {
    side: Side,
    /// Without its line end.
    text: String,
    /// Whether a line end follows; one without is the last of its file.
    ended: bool,
}

/// Where a line of a hunk stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    /// Before and after: context.
    Both,
    /// Before.
    Old,
    /// After.
    New,
}

/// What putting a patch in comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applied {
    /// The change of the given text; empty if all of it was there already.
    pub splices: SpliceSet,
    /// What became of each hunk, in their order.
    pub outcomes: Vec<Outcome>,
}

/// What became of a hunk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is put in.
    Made {
        /// The first line of the hunk in the given text, from 1.
        line: usize,
        /// How many lines below the place that the patch says, or above it.
        offset: isize,
    },
    /// It was there.
    Already {
        /// The first line of the hunk in the given text, from 1.
        line: usize,
    },
}

/// Reads `text`, which is the patch file `file`: one patch for each file that it changes.
///
/// # Errors
/// Every fault, in the order of the text.
pub fn parse(file: &str, text: &Text) -> Result<Vec<FilePatch>, Vec<Fault>> {
    read::patches(file, text)
}

impl FilePatch {
    /// Puts every hunk into `text`, or none.
    ///
    /// A hunk stands at the line it says, moved as far as the hunk before it was; else at the nearest place where its
    /// old lines stand. Where its new lines stand at such a place, or nearer, it is there already. Hunks stay in
    /// order. A change at the edge of a hunk, without context, is a change at the edge of the file.
    ///
    /// # Errors
    /// Every hunk that does not fit, and why.
    pub fn apply(&self, text: &Text) -> Result<Applied, Vec<Misfit>> {
        let page = Page::of(text);
        let found = place::all(&self.hunks, &page)?;
        let splices = put::splices(&self.hunks, &found, &page)?;
        if !splices.is_empty() {
            self.is_stable(&found, &text.apply(&splices))?;
        }
        let outcomes = found.iter().map(Found::outcome).collect();
        Ok(Applied { splices, outcomes })
    }

    /// The patch that takes it back: of a text into which every hunk was put, it makes the bytes that were there.
    ///
    /// Line ends are no part of a patch. A line that was taken out comes back with that of its neighbours.
    #[must_use]
    pub fn reversed(&self) -> FilePatch {
        let hunks = self.hunks.iter().map(Hunk::reversed).collect();
        FilePatch { path: self.path.clone(), at: self.at, hunks }
    }

    /// Whether a second run finds every hunk in `after`, at the place where the first found it or put it.
    fn is_stable(&self, found: &[Found], after: &Text) -> Result<(), Vec<Misfit>> {
        let again = place::all(&self.hunks, &Page::of(after)).unwrap_or_default();
        let mut moved = 0;
        let mut misfits = Vec::new();
        for (index, (hunk, first)) in self.hunks.iter().zip(found).enumerate() {
            let is_there = |second: &Found| {
                second.stand == Stand::New && second.line.checked_signed_diff(first.line) == Some(moved)
            };
            if !again.get(index).is_some_and(is_there) {
                misfits.push(Misfit { hunk: index, reason: Reason::Again { line: first.line + 1 } });
            }
            if first.stand == Stand::Old {
                moved += hunk.growth();
            }
        }
        if misfits.is_empty() { Ok(()) } else { Err(misfits) }
    }
}

impl Hunk {
    /// Its `@@` line in the patch file.
    #[must_use]
    pub fn at(&self) -> Span {
        self.at
    }

    /// The line at which it starts before the change, from 1, as the patch says.
    #[must_use]
    pub fn old_start(&self) -> usize {
        self.old_start
    }

    /// The line at which it starts after the change, from 1, reckoned from `old_start` and the hunks before.
    #[must_use]
    pub fn new_start(&self) -> usize {
        self.new_start
    }

    /// How many lines stand before the first that changes.
    #[must_use]
    pub fn lead(&self) -> usize {
        self.lines.iter().take_while(|line| line.side == Side::Both).count()
    }

    /// The lines that it takes out, without their line ends.
    #[must_use]
    pub fn removed(&self) -> Vec<&str> {
        self.texts(Side::Old)
    }

    /// The lines that it puts in, without their line ends.
    #[must_use]
    pub fn added(&self) -> Vec<&str> {
        self.texts(Side::New)
    }

    fn texts(&self, side: Side) -> Vec<&str> {
        self.lines.iter().filter(|line| line.side == side).map(|line| line.text.as_str()).collect()
    }

    /// The lines that stand there before the change, or after it.
    fn lines_of(&self, stand: Stand) -> impl Iterator<Item = &Line> {
        let other = if stand == Stand::Old { Side::New } else { Side::Old };
        self.lines.iter().filter(move |line| line.side != other)
    }

    /// How many lines the file gains by it.
    fn growth(&self) -> isize {
        let of = |line: &Line| match line.side {
            Side::Both => 0,
            Side::Old => -1,
            Side::New => 1,
        };
        self.lines.iter().map(of).sum()
    }

    fn reversed(&self) -> Hunk {
        let turned = |line: &Line| {
            let side = match line.side {
                Side::Both => Side::Both,
                Side::Old => Side::New,
                Side::New => Side::Old,
            };
            Line { side, ..line.clone() }
        };
        let lines = self.lines.iter().map(turned).collect();
        Hunk { at: self.at, old_start: self.new_start, new_start: self.old_start, lines }
    }

    /// Whether it changes the first line of its file: it starts with an addition or a deletion, without context.
    fn is_first(&self) -> bool {
        is_bare(self.lines.iter())
    }

    /// Whether it changes the end of its file: it ends so, or with a line that has no line end.
    fn is_last(&self) -> bool {
        is_bare(self.lines.iter().rev()) || self.lines.iter().any(|line| !line.ended)
    }
}

/// Whether `lines`, from an edge of a hunk, start with lines that are only added or only taken out. Nothing but the
/// edge of the file shows then where they stand or stood.
fn is_bare<'l>(lines: impl Iterator<Item = &'l Line>) -> bool {
    let mut changes = lines.map(|line| line.side).take_while(|side| *side != Side::Both);
    changes.next().is_some_and(|first| changes.all(|side| side == first))
}
