//! The lines of a text as numbers, equal where the lines are, so that a search takes one pass.

use std::collections::HashMap;

use super::Line;
use crate::text::{Span, Text};

/// What a diff writes below a line that has no line end.
const NO_LINE_END: &str = "\\ No newline at end of file";

/// A text, and its lines.
pub(super) struct Page<'t> {
    text: &'t Text,
    /// Where each line starts, and then the length of the text.
    starts: Vec<usize>,
    /// The number of each line.
    numbers: Vec<usize>,
    known: HashMap<(&'t str, bool), usize>,
}

impl<'t> Page<'t> {
    pub(super) fn of(text: &'t Text) -> Self {
        let (mut starts, mut numbers, mut known) = (vec![0], Vec::new(), HashMap::new());
        let mut end = 0;
        for line in text.as_str().split_inclusive('\n') {
            end += line.len();
            starts.push(end);
            let next = known.len();
            numbers.push(*known.entry(cut(line)).or_insert(next));
        }
        Page { text, starts, numbers, known }
    }

    /// How many lines there are.
    pub(super) fn len(&self) -> usize {
        self.numbers.len()
    }

    /// The numbers of `lines`; nothing if one of them stands nowhere.
    pub(super) fn numbers_of<'l>(&self, lines: impl Iterator<Item = &'l Line>) -> Option<Vec<usize>> {
        lines.map(|line| self.number(line)).collect()
    }

    fn number(&self, line: &Line) -> Option<usize> {
        self.known.get(&(line.text.as_str(), line.ended)).copied()
    }

    /// Whether `pattern` stands at line `at`, from 0.
    pub(super) fn holds(&self, pattern: &[usize], at: usize) -> bool {
        self.numbers.get(at..at + pattern.len()).is_some_and(|lines| lines == pattern)
    }

    /// Every line, from 0, at which `pattern` stands: the search of Knuth, Morris and Pratt.
    pub(super) fn places(&self, pattern: &[usize]) -> Vec<usize> {
        let falls = falls(pattern);
        let mut matched = 0;
        let mut places = Vec::new();
        for (at, number) in self.numbers.iter().enumerate() {
            matched = grown(pattern, &falls, matched, *number);
            if matched == pattern.len() {
                places.push(at + 1 - matched);
            }
        }
        places
    }

    /// Where each of `lines` stands, at most `most` places of each.
    pub(super) fn spread<'l>(&self, lines: impl Iterator<Item = &'l Line>, most: usize) -> Vec<Vec<usize>> {
        let mut standing: HashMap<usize, Vec<usize>> = HashMap::new();
        for (at, number) in self.numbers.iter().enumerate() {
            let places = standing.entry(*number).or_default();
            if places.len() < most {
                places.push(at);
            }
        }
        let places = |line| self.number(line).and_then(|number| standing.get(&number));
        lines.map(|line| places(line).cloned().unwrap_or_default()).collect()
    }

    /// How line `at` (from 0) is shown beside `line`, if it is another; nothing for the end of the file.
    pub(super) fn other_than(&self, line: &Line, at: usize) -> Option<(String, Option<String>)> {
        let Some(found) = self.line(at) else { return Some((line.text.clone(), None)) };
        let shown = |text: &str, ended: bool| {
            let hides = found.0 == line.text && !ended;
            if hides { NO_LINE_END.to_owned() } else { text.to_owned() }
        };
        let differs = found != (line.text.as_str(), line.ended);
        differs.then(|| (shown(&line.text, line.ended), Some(shown(found.0, found.1))))
    }

    /// Line `at` (from 0) without its line end, and whether it has one.
    pub(super) fn line(&self, at: usize) -> Option<(&'t str, bool)> {
        (at < self.len()).then(|| cut(self.text.slice(self.span(at, 1))))
    }

    /// The bytes of `count` lines from line `at` on, from 0, with their line ends.
    pub(super) fn span(&self, at: usize, count: usize) -> Span {
        let start = |line: usize| self.starts.get(line).copied().unwrap_or(self.text.as_str().len());
        Span::new(start(at), start(at + count))
    }

    /// The line end of line `at`, from 0, if it has one.
    pub(super) fn line_end(&self, at: usize) -> Option<&'static str> {
        let line = self.text.slice(self.span(at, 1));
        let is_crlf = line.ends_with("\r\n");
        line.ends_with('\n').then_some(if is_crlf { "\r\n" } else { "\n" })
    }

    /// The line end that the first line uses.
    pub(super) fn usual_line_end(&self) -> &'static str {
        self.text.line_end()
    }
}

/// A line without its line end, and whether it has one.
fn cut(line: &str) -> (&str, bool) {
    match line.strip_suffix('\n') {
        Some(text) => (text.strip_suffix('\r').unwrap_or(text), true),
        None => (line, false),
    }
}

/// For each start of `pattern`, how long a shorter start of it is that ends there too.
fn falls(pattern: &[usize]) -> Vec<usize> {
    let mut falls = vec![0; pattern.len().min(1)];
    for number in pattern.iter().skip(1) {
        let longest = falls.last().copied().unwrap_or(0);
        let next = grown(pattern, &falls, longest, *number);
        falls.push(next);
    }
    falls
}

/// How much of `pattern` stands before and with `number`, where `matched` of it stood before.
fn grown(pattern: &[usize], falls: &[usize], mut matched: usize, number: usize) -> usize {
    loop {
        if pattern.get(matched) == Some(&number) {
            return matched + 1;
        }
        match matched.checked_sub(1).and_then(|last| falls.get(last)) {
            Some(shorter) => matched = *shorter,
            None => return 0,
        }
    }
}
