//! Placing hunks: where all their lines stand, nearest to where the diff says, and never twice.

use super::{FilePatch, Hunk, Kind, Line};
use crate::text::{Span, Splice, SpliceSet, Text};

/// What putting a patch in came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applied {
    /// The changes of the text; none where all was there already.
    pub splices: SpliceSet,
    /// What became of each hunk.
    pub outcomes: Vec<Outcome>,
}

/// What became of a hunk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is put in.
    Made {
        /// The line of the text, from 1.
        line: usize,
        /// How many lines away from where the diff says, the hunks before it considered.
        offset: isize,
    },
    /// Its lines are there already.
    Already {
        /// The line of the text, from 1.
        line: usize,
    },
}

/// A hunk that does not fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misfit {
    /// The hunk, from 0.
    pub hunk: usize,
    /// Why.
    pub reason: Reason,
}

/// Why a hunk does not fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Its lines stand nowhere below the hunk before it.
    NotFound {
        /// Where the diff says: the first line that is another, from 1, the one expected and the one that is there.
        near: Option<(usize, String, String)>,
    },
    /// They stand at several places, none of them nearer than the others.
    Ambiguous {
        /// Those places, from 1.
        lines: Vec<usize>,
    },
}

impl FilePatch {
    /// Puts every hunk into `text`, or none. What is in already stays as it is.
    ///
    /// # Errors
    /// Every hunk that does not fit.
    pub fn apply(&self, text: &Text) -> Result<Applied, Vec<Misfit>> {
        let applied = self.placed(text)?;
        let after = text.apply(&applied.splices);
        // Lines that repeat can make a hunk fit once more beside itself: then nobody knows where it is.
        let is_once = self.placed(&after).is_ok_and(|again| again.splices.is_empty());
        let is_back = |made: &Applied| {
            let is_new = made.outcomes.iter().all(|outcome| matches!(outcome, Outcome::Made { .. }));
            !is_new || self.reversed().placed(&after).is_ok_and(|back| after.apply(&back.splices) == *text)
        };
        if is_once && is_back(&applied) {
            return Ok(applied);
        }
        let line = |outcome: &Outcome| match outcome {
            Outcome::Made { line, .. } | Outcome::Already { line } => *line,
        };
        let lines = applied.outcomes.iter().map(line).collect();
        Err(vec![Misfit { hunk: 0, reason: Reason::Ambiguous { lines } }])
    }

    fn placed(&self, text: &Text) -> Result<Applied, Vec<Misfit>> {
        let file = File::of(text);
        let (mut splices, mut outcomes, mut misfits) = (SpliceSet::default(), Vec::new(), Vec::new());
        // How far the lines of the text are from those that the diff counts, and where the last hunk ended.
        let (mut shift, mut from) = (0, 0);
        for (index, hunk) in self.hunks.iter().enumerate() {
            let said = add(hunk.starts[0].saturating_sub(1), shift);
            match file.place(hunk, from, said) {
                Ok((outcome, at)) => {
                    let is_made = matches!(outcome, Outcome::Made { .. });
                    let [old, new] = [Kind::Added, Kind::Removed].map(|kind| hunk.without(kind).len());
                    shift += distance(said, at) + if is_made { 0 } else { distance(old, new) };
                    from = at + if is_made { old } else { new };
                    if is_made {
                        file.splice(hunk, at, &mut splices);
                    }
                    outcomes.push(outcome);
                }
                Err(reason) => misfits.push(Misfit { hunk: index, reason }),
            }
        }
        if misfits.is_empty() { Ok(Applied { splices, outcomes }) } else { Err(misfits) }
    }
}

/// The lines of a text: each without and with its line end.
struct File<'t> {
    lines: Vec<(&'t str, Span)>,
    end: &'static str,
}

impl<'t> File<'t> {
    fn of(text: &'t Text) -> Self {
        let mut start = 0;
        let line = |whole: &'t str| {
            let span = Span::new(start, start + whole.len());
            start = span.end;
            let bare = whole.strip_suffix('\n').unwrap_or(whole);
            (bare.strip_suffix('\r').filter(|_| bare.len() < whole.len()).unwrap_or(bare), span)
        };
        let lines = text.as_str().split_inclusive('\n').map(line).collect();
        File { lines, end: text.line_end() }
    }

    /// Where `hunk` fits or is in already, at or after the line `from`, nearest to `said`.
    fn place(&self, hunk: &Hunk, from: usize, said: usize) -> Result<(Outcome, usize), Reason> {
        let [old, new] =
            [Kind::Added, Kind::Removed].map(|kind| self.nearest(&hunk.without(kind), from, said));
        let near = |found: &[usize]| found.first().map(|at| at.abs_diff(said));
        let (found, is_in) = match (near(&old), near(&new)) {
            (None, None) => return Err(Reason::NotFound { near: self.first_other(hunk, said) }),
            (Some(fits), Some(is_in)) if is_in <= fits => (new, true),
            (Some(_), _) => (old, false),
            (None, Some(_)) => (new, true),
        };
        match found.as_slice() {
            [at] if is_in => Ok((Outcome::Already { line: at + 1 }, *at)),
            [at] => Ok((Outcome::Made { line: at + 1, offset: distance(said, *at) }, *at)),
            several => Err(Reason::Ambiguous { lines: several.iter().map(|at| at + 1).collect() }),
        }
    }

    /// The places, nearest to `said`, at which `wanted` stands: several only if they are equally near.
    fn nearest(&self, wanted: &[&Line], from: usize, said: usize) -> Vec<usize> {
        let last = self.lines.len().saturating_sub(wanted.len());
        let found = (from..=last).filter(|at| self.stands(wanted, *at));
        let mut nearest: Vec<usize> = Vec::new();
        for at in found {
            let best = nearest.first().map(|best| best.abs_diff(said));
            if best.is_some_and(|best| at.abs_diff(said) < best) {
                nearest.clear();
            } else if best.is_some_and(|best| at.abs_diff(said) > best) {
                continue;
            }
            nearest.push(at);
        }
        nearest
    }

    fn stands(&self, wanted: &[&Line], at: usize) -> bool {
        let there = self.lines.get(at..at + wanted.len());
        there.is_some_and(|there| there.iter().zip(wanted).all(|(line, wanted)| is_line(*line, wanted)))
    }

    /// The first line of `hunk` that is another where the diff says it is.
    fn first_other(&self, hunk: &Hunk, said: usize) -> Option<(usize, String, String)> {
        let old = hunk.without(Kind::Added);
        let pairs = old.iter().enumerate().map(|(index, line)| (said + index, *line));
        let mut others =
            pairs.filter(|(at, line)| !self.lines.get(*at).is_some_and(|there| is_line(*there, line)));
        let (at, line) = others.next()?;
        let there = self.lines.get(at).map_or("", |(text, _)| *text);
        Some((at + 1, line.text.clone(), there.to_owned()))
    }

    /// Adds the splices that put `hunk` in at the line `at`: one for each run of lines that change.
    fn splice(&self, hunk: &Hunk, at: usize, splices: &mut SpliceSet) {
        let mut at = at;
        let mut rest = hunk.lines.as_slice();
        while let Some(first) = rest.first() {
            if first.kind == Kind::Context {
                at += 1;
                rest = rest.get(1..).unwrap_or_default();
                continue;
            }
            let length = rest.iter().position(|line| line.kind == Kind::Context).unwrap_or(rest.len());
            let (run, after) = rest.split_at(length);
            let removed = run.iter().filter(|line| line.kind == Kind::Removed).count();
            let span = Span::new(self.start(at), self.start(at + removed));
            let added = run.iter().filter(|line| line.kind == Kind::Added);
            let end = self.end_at(at);
            let text =
                added.flat_map(|line| [line.text.as_str(), if line.is_ended { end } else { "" }]).collect();
            // Runs of one hunk lie apart, and hunks do not overlap.
            let _ = splices.add(Splice { span, text });
            at += removed;
            rest = after;
        }
    }

    fn start(&self, line: usize) -> usize {
        let end = || self.lines.last().map_or(0, |(_, span)| span.end);
        self.lines.get(line).map_or_else(end, |(_, span)| span.start)
    }

    /// The line end that a line put in at `line` gets: that of the one there, or of the one before.
    fn end_at(&self, line: usize) -> &'static str {
        let near = [Some(line), line.checked_sub(1)].into_iter().flatten();
        let ended = near
            .filter_map(|line| self.lines.get(line))
            .map(|(text, span)| span.end - span.start - text.len());
        match ended.into_iter().find(|length| *length > 0) {
            Some(2) => "\r\n",
            Some(_) => "\n",
            None => self.end,
        }
    }
}

fn is_line((text, span): (&str, Span), wanted: &Line) -> bool {
    text == wanted.text && wanted.is_ended == (span.end - span.start > text.len())
}

fn distance(from: usize, to: usize) -> isize {
    to.cast_signed() - from.cast_signed()
}

fn add(at: usize, shift: isize) -> usize {
    at.saturating_add_signed(shift)
}
