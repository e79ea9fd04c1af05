//! Turns hunks that have a place into splices: each run of changed lines is one, and context is left alone.

use super::page::Page;
use super::place::{Found, Stand};
use super::{Hunk, Line, Misfit, Reason, Side};
use crate::text::{Splice, SpliceSet};

/// The splices of the hunks that are not there yet.
pub(super) fn splices(hunks: &[Hunk], found: &[Found], page: &Page<'_>) -> Result<SpliceSet, Vec<Misfit>> {
    let mut set = SpliceSet::default();
    for (index, (hunk, found)) in hunks.iter().zip(found).enumerate() {
        if found.stand == Stand::New {
            continue;
        }
        for splice in of(hunk, found.line, page) {
            // Places do not overlap, so neither do splices; if they did, nothing would be written.
            let overlap = |_| vec![Misfit { hunk: index, reason: Reason::Overlaps { line: found.line + 1 } }];
            set.add(splice).map_err(overlap)?;
        }
    }
    Ok(set)
}

/// The splices of `hunk`, whose old lines stand at line `at`, from 0.
fn of(hunk: &Hunk, mut at: usize, page: &Page<'_>) -> Vec<Splice> {
    let mut splices = Vec::new();
    for run in hunk.lines.chunk_by(|one, next| (one.side == Side::Both) == (next.side == Side::Both)) {
        let count = run.iter().filter(|line| line.side != Side::New).count();
        if run.iter().any(|line| line.side != Side::Both) {
            splices.push(Splice { span: page.span(at, count), text: written(run, at, count, page) });
        }
        at += count;
    }
    splices
}

/// The added lines of `run`, as they are written in place of `count` lines from line `at` on.
fn written(run: &[Line], at: usize, count: usize, page: &Page<'_>) -> String {
    let mut text = String::new();
    for (index, line) in run.iter().filter(|line| line.side == Side::New).enumerate() {
        text.push_str(&line.text);
        if line.ended {
            text.push_str(line_end(at, index, count, page));
        }
    }
    text
}

/// The line end of the added line `index`: that of the line in whose place it comes, else of its neighbour.
fn line_end(at: usize, index: usize, count: usize, page: &Page<'_>) -> &'static str {
    let replaced = count.checked_sub(1).map(|last| at + index.min(last));
    let above = at.checked_sub(1);
    let candidates = [replaced, above, Some(at + count)];
    let found = candidates.into_iter().flatten().find_map(|line| page.line_end(line));
    found.unwrap_or_else(|| page.usual_line_end())
}
