//! Finds where each hunk stands, or would stand.
//!
//! Old and new lines are looked for alike, and the nearest place of either counts: only so can a second run, and the
//! reverse, find what the first run made. Where both stand at one place, the longer counts, since it holds the other.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::page::Page;
use super::{Hunk, Line, Misfit, Near, Outcome, Reason};

/// How many places of one line are looked at to tell where a hunk nearly stands.
const MOST: usize = 100;

/// Which lines of a hunk stand there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stand {
    /// Those before the change.
    Old,
    /// Those after it.
    New,
}

/// Where a hunk stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    /// Its first line, from 0.
    pub(super) line: usize,
    /// As what.
    pub(super) stand: Stand,
    /// How many lines below the place that the patch says, or above it.
    offset: isize,
}

impl Found {
    pub(super) fn outcome(&self) -> Outcome {
        let line = self.line + 1;
        match self.stand {
            Stand::Old => Outcome::Made { line, offset: self.offset },
            Stand::New => Outcome::Already { line },
        }
    }
}

/// The lines of a hunk as they stand before or after the change, in the numbers of a page.
struct Form {
    stand: Stand,
    numbers: Vec<usize>,
}

/// Where every hunk stands; if one stands nowhere, all that do.
pub(super) fn all(hunks: &[Hunk], page: &Page<'_>) -> Result<Vec<Found>, Vec<Misfit>> {
    let (mut found, mut misfits) = (Vec::new(), Vec::new());
    // The first line that is free, how many lines hunks that are there already have brought, and how far the rest moved.
    let (mut free, mut grown, mut offset) = (0, 0, 0);
    for (index, hunk) in hunks.iter().enumerate() {
        let said = hunk.old_start.saturating_sub(1).saturating_add_signed(grown);
        match find(hunk, page, said.saturating_add_signed(offset), free) {
            Err(reason) => misfits.push(Misfit { hunk: index, reason }),
            Ok((line, stand)) => {
                offset = line.checked_signed_diff(said).unwrap_or_default();
                free = line + hunk.lines_of(stand).count();
                grown += if stand == Stand::New { hunk.growth() } else { 0 };
                found.push(Found { line, stand, offset });
            }
        }
    }
    if misfits.is_empty() { Ok(found) } else { Err(misfits) }
}

/// The place of `hunk` that is nearest to line `wanted` and not before line `free`, both from 0.
fn find(hunk: &Hunk, page: &Page<'_>, wanted: usize, free: usize) -> Result<(usize, Stand), Reason> {
    let forms = forms(hunk, page);
    let fits = |form: &Form, at: usize| {
        (at == 0 || !hunk.is_first()) && (at + form.numbers.len() == page.len() || !hunk.is_last())
    };
    let is_there = |form: &&Form| page.holds(&form.numbers, wanted) && fits(form, wanted);
    if let Some(form) = forms.iter().find(is_there).filter(|_| wanted >= free) {
        return Ok((wanted, form.stand));
    }
    let places = |form: &Form| {
        let (places, stand) = (page.places(&form.numbers), form.stand);
        places.into_iter().filter(|at| fits(form, *at)).map(move |at| (at, stand)).collect::<Vec<_>>()
    };
    let mut standing: Vec<_> = forms.iter().flat_map(places).collect();
    // The sort keeps the longer form first.
    standing.sort_by_key(|(at, _)| *at);
    standing.dedup_by_key(|(at, _)| *at);
    nearest(&standing, wanted, free)
        .unwrap_or_else(|| Err(Reason::NotFound { near: near(hunk, page, wanted) }))
}

/// Both forms that may stand in `page`, the longer one first.
fn forms(hunk: &Hunk, page: &Page<'_>) -> Vec<Form> {
    let order = if hunk.growth() > 0 { [Stand::New, Stand::Old] } else { [Stand::Old, Stand::New] };
    let form = |stand| Some(Form { stand, numbers: page.numbers_of(hunk.lines_of(stand))? });
    order.into_iter().filter_map(form).collect()
}

/// The one of `standing` that is nearest to `wanted` and not before `free`; nothing if there is none at all.
fn nearest(
    standing: &[(usize, Stand)],
    wanted: usize,
    free: usize,
) -> Option<Result<(usize, Stand), Reason>> {
    let highest = standing.last()?;
    let below = || standing.iter().filter(|(at, _)| *at >= free);
    let Some(least) = below().map(|(at, _)| at.abs_diff(wanted)).min() else {
        return Some(Err(Reason::Overlaps { line: highest.0 + 1 }));
    };
    let near: Vec<_> = below().filter(|(at, _)| at.abs_diff(wanted) == least).collect();
    Some(match near.as_slice() {
        [only] => Ok(**only),
        several => Err(Reason::Ambiguous { lines: several.iter().map(|(at, _)| at + 1).collect() }),
    })
}

/// The first difference at the place where most of the old lines stand; of several, at the one nearest to `wanted`.
fn near(hunk: &Hunk, page: &Page<'_>, wanted: usize) -> Option<Near> {
    let old: Vec<&Line> = hunk.lines_of(Stand::Old).collect();
    let mut votes: HashMap<usize, usize> = HashMap::new();
    for (index, places) in page.spread(old.iter().copied(), MOST).iter().enumerate() {
        for start in places.iter().filter_map(|at| at.checked_sub(index)) {
            *votes.entry(start).or_default() += 1;
        }
    }
    let rank = |(start, votes): &(usize, usize)| (*votes, Reverse(start.abs_diff(wanted)), Reverse(*start));
    let (start, _) = votes.into_iter().max_by_key(rank)?;
    let differs = |(index, line): (usize, &&Line)| {
        let (expected, found) = page.other_than(line, start + index)?;
        Some(Near { line: start + index + 1, expected: Some(expected), found })
    };
    old.iter().enumerate().find_map(differs).or_else(|| edge(hunk, page, start, old.len()))
}

/// What stands where the file should begin or end, round the `count` lines from `start` on.
fn edge(hunk: &Hunk, page: &Page<'_>, start: usize, count: usize) -> Option<Near> {
    let above = start.checked_sub(1).filter(|_| hunk.is_first());
    let at = above.or_else(|| hunk.is_last().then_some(start + count))?;
    let found = Some(page.line(at)?.0.to_owned());
    Some(Near { line: at + 1, expected: None, found })
}
