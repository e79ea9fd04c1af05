//! Looking for a mistake in all keys, or in the files as a whole.

use super::hold::differs;
use super::script::leak;
use super::view::{Fact, View, is_foreign};
use super::{Hit, moved, stops};
use crate::catalogue::{ConfigFile, Reader, Rule, Search};
use crate::js::{Document, Known};
use crate::value::{KeyPath, Value};

/// Every place of `file`, or of both files, where `search` finds something.
pub(super) fn hits(search: &Search, file: Option<ConfigFile>, view: &View<'_>) -> Vec<Hit> {
    match search {
        Search::ReadIs(reader) => read_by(*reader, file, view),
        Search::MovedRuleAndBothSet(rule) => moved::both_set(*rule, file, view),
        Search::MovedRuleAndSet(rule) => moved::set_alone(*rule, file, view),
        Search::SwitchedOffBy(object) => moved::switched_off(object, file, view),
        Search::ValueOnlyInComment => only_in_comment(file, view),
        Search::LeavesScript => leaking(file, view),
        Search::StopsWhenRun => stopping(file, view),
        Search::OverlayDeclaresVariable => redeclared(file, view),
        Search::AssignedAfterLiteral => assigned_later(file, view),
    }
}

/// The keys of somebody's that only `reader` reads; not those of which their move has more to tell.
fn read_by(reader: Reader, file: Option<ConfigFile>, view: &View<'_>) -> Vec<Hit> {
    let mut found: Vec<Hit> = Vec::new();
    for suspect in view.suspects().filter(|suspect| file.is_none_or(|file| suspect.file == file)) {
        let (key, path) = (&suspect.key, &suspect.key.path);
        let is_gone = key.read_until.is_none_or(|until| view.outcome.day.is_some_and(|day| until <= day));
        let moved = key.moved_to.iter().filter(|to| to.rule == Rule::NotTranslated).any(|to| {
            let since = key.unread_since(to.since);
            since.is_some_and(|since| view.is_of(since, &[(to.file, &to.path)]))
        });
        let is_below = |hit: &Hit| {
            hit.keys.first().is_some_and(|(file, above)| *file == suspect.file && above.contains(path))
        };
        let is_told = moved || found.iter().any(is_below);
        if key.read == reader && is_gone && !is_told && view.is_owned(suspect) {
            found.push(Hit { keys: vec![(suspect.file, path.clone())], ..Hit::default() });
        }
    }
    found
}

/// Wished values that are not in force, and that a comment of the file holds.
fn only_in_comment(file: Option<ConfigFile>, view: &View<'_>) -> Vec<Hit> {
    let wished = wished(file, view).filter_map(|(file, path, value, document)| {
        let text = value.as_str().filter(|text| !text.is_empty())?;
        let is_in_force = match view.fact(file, path) {
            Fact::Is(known) => *known == Known::from(value),
            Fact::Missing => false,
            Fact::Unclear => true,
        };
        let line = if is_in_force { None } else { line_of_comment(document, text) };
        line.map(|line| Hit { keys: vec![(file, path.clone())], line: Some(line), ..Hit::default() })
    });
    wished.collect()
}

/// The first line that holds `text` between quotes, if all that do are comments. In prose it is no value.
fn line_of_comment(document: &Document, text: &str) -> Option<usize> {
    let is_comment = |line: &str| ["//", "/*", "*"].iter().any(|mark| line.trim_start().starts_with(mark));
    let source = document.text();
    let is_quoted = |at: usize| {
        let bytes = source.as_str().as_bytes();
        let before = at.checked_sub(1).and_then(|before| bytes.get(before));
        before == bytes.get(at + text.len()) && matches!(before, Some(b'\'' | b'"' | b'`'))
    };
    let places = source.as_str().match_indices(text).map(|(at, _)| at);
    let numbers: Vec<usize> = places.filter(|at| is_quoted(*at)).map(|at| source.line_of(at)).collect();
    let first = *numbers.first()?;
    numbers.into_iter().all(|number| is_comment(source.line(number))).then_some(first)
}

/// Files that do not stay in the `<script>` around them, whoever wrote that.
fn leaking(file: Option<ConfigFile>, view: &View<'_>) -> Vec<Hit> {
    let found = files(file, view).filter_map(|(file, document)| {
        let line = document.text().line_of(leak(document.text().as_str())?);
        Some(Hit { keys: vec![(file, KeyPath::default())], line: Some(line), ..Hit::default() })
    });
    found.collect()
}

fn wished<'v>(
    file: Option<ConfigFile>,
    view: &'v View<'_>,
) -> impl Iterator<Item = (ConfigFile, &'v KeyPath, &'v Value, &'v Document)> {
    let wanted = view.outcome.wished.iter().filter(move |(of, ..)| file.is_none_or(|file| *of == file));
    wanted.filter_map(|(of, path, value)| Some((*of, path, value, view.document(*of)?)))
}

/// Places at which files stop, whoever wrote them.
fn stopping(file: Option<ConfigFile>, view: &View<'_>) -> Vec<Hit> {
    let stops = files(file, view).flat_map(|(file, document)| {
        document.stops().iter().map(move |stop| Hit {
            keys: vec![(file, KeyPath::default())],
            line: Some(document.text().line_of(stop.span.start)),
            deed: stops::deed(stop),
            hint: Some(stops::hint(stop, document.variable())),
            instead: None,
        })
    });
    stops.collect()
}

/// The files whose variable is given a second object.
fn redeclared(file: Option<ConfigFile>, view: &View<'_>) -> Vec<Hit> {
    let found = files(file, view).filter_map(|(file, document)| {
        let line = document.redeclared()?;
        Some(Hit { keys: vec![(file, KeyPath::default())], line: Some(line), ..Hit::default() })
    });
    found.collect()
}

/// Values that somebody wrote into the literal, and that a later statement replaces by one that nobody wished for.
fn assigned_later(file: Option<ConfigFile>, view: &View<'_>) -> Vec<Hit> {
    let mut found = Vec::new();
    for (file, document) in files(file, view) {
        for later in document.overridden() {
            let Fact::Is(now) = view.fact(file, &later.at) else { continue };
            let is_lost = later.written.to_value().is_some_and(|written| differs(now, &written));
            let is_asked_for = view.outcome.wished.iter().any(|(of, path, value)| {
                *of == file && path.contains(&later.at) && *now == Known::from(value)
            });
            if is_lost && !is_asked_for && is_foreign(file, &later.at, &later.written) {
                let keys = vec![(file, later.at.clone())];
                found.push(Hit { keys, line: Some(later.line), ..Hit::default() });
            }
        }
    }
    found
}

fn files<'v>(
    file: Option<ConfigFile>,
    view: &'v View<'_>,
) -> impl Iterator<Item = (ConfigFile, &'v Document)> {
    let wanted = ConfigFile::ALL.into_iter().filter(move |of| file.is_none_or(|file| *of == file));
    wanted.filter_map(|of| Some((of, view.document(of)?)))
}
