//! One hunk: its `@@` line, and as many lines below as that says.

use super::read::Reader;
use super::{Hunk, Line, Side, is_bare};
use crate::text::Span;

const COUNT: &str =
    "make the patch anew, or count the lines: context and `-` are old, context and `+` are new";
const CONTEXT: &str = "make it with `diff -U3`, which shows three lines round every change";

/// Where the next hunk of a file may stand.
#[derive(Default)]
pub(super) struct Place {
    /// The first line before the change that is free, from 1.
    free: usize,
    /// How many lines the hunks so far add.
    grown: isize,
}

/// A part of a file, as an `@@` line has it.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Range {
    start: usize,
    count: usize,
}

/// How many lines there are before the change, and after it.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Count {
    old: usize,
    new: usize,
}

/// The hunk whose `@@` line is the next; nothing, and a fault, if it is not in order.
pub(super) fn hunk(reader: &mut Reader<'_>, place: &mut Place) -> Option<Hunk> {
    let at = reader.span(0);
    let Some((old, new)) = reader.line(0).and_then(ranges) else {
        let hint =
            "it has to be such as `@@ -12,7 +12,8 @@`: start and count before the change, and after it";
        reader.fault(at, "this is no line that starts a hunk", hint);
        reader.skip();
        return None;
    };
    reader.pass();
    let said = Count { old: old.count, new: new.count };
    let lines = lines(reader, at, said)?;
    let new_start = old.start.saturating_add_signed(place.grown);
    let hunk = Hunk { at, old_start: old.start, new_start, lines };
    if let Some((message, hint)) = wrong(&hunk, place) {
        reader.fault(at, message, hint);
    }
    place.free = old.start + old.count;
    place.grown += hunk.growth();
    Some(hunk)
}

/// The two ranges of an `@@` line.
fn ranges(line: &str) -> Option<(Range, Range)> {
    let (ranges, _) = line.strip_prefix("@@ -")?.split_once(" @@")?;
    let (old, new) = ranges.split_once(" +")?;
    Some((range(old)?, range(new)?))
}

fn range(text: &str) -> Option<Range> {
    // As many lines as no file has, and few enough to reckon with.
    let number = |digits: &str| {
        let is_number = digits.bytes().all(|byte| byte.is_ascii_digit());
        digits.parse::<u32>().ok().filter(|_| is_number).and_then(|number| usize::try_from(number).ok())
    };
    let (start, count) = text.split_once(',').unwrap_or((text, "1"));
    let range = Range { start: number(start)?, count: number(count)? };
    (range.start > 0 || range.count == 0).then_some(range)
}

/// The lines below the `@@` line at `at`, which says that there are `said`.
fn lines(reader: &mut Reader<'_>, at: Span, said: Count) -> Option<Vec<Line>> {
    let mut lines = Vec::new();
    let mut count = Count { old: 0, new: 0 };
    let mut is_sound = true;
    while let Some(line) = next(reader, count, said) {
        if line.starts_with('\\') {
            is_sound &= mark(reader, &mut lines);
        } else {
            let line = read(line);
            count.old += usize::from(line.side != Side::New);
            count.new += usize::from(line.side != Side::Old);
            lines.push(line);
        }
        reader.pass();
    }
    let is_short = count.old < said.old || count.new < said.new;
    if is_short && reader.line(0).is_some() && !reader.is_header() {
        let hint = format!("{COUNT}; a line of the file has one of these before it");
        reader.fault(reader.span(0), "a line of a hunk starts with ` `, `+`, `-` or `\\`", hint);
        reader.skip();
        return None;
    }
    if count != said {
        let message = format!(
            "the hunk is to have {} old and {} new lines, but has {} and {}",
            said.old, said.new, count.old, count.new
        );
        reader.fault(at, message, COUNT);
        return None;
    }
    (is_sound && ends_well(reader, at, &lines)).then_some(lines)
}

/// The next line if it belongs to a hunk that has `count` lines so far.
fn next<'a>(reader: &Reader<'a>, count: Count, said: Count) -> Option<&'a str> {
    let line = reader.line(0)?;
    let is_full = count.old >= said.old && count.new >= said.new;
    // The names of the next file look like lines that are taken out and added, and count as such only where they fit.
    let is_last = count.old + 1 == said.old && count.new + 1 == said.new;
    let is_file = reader.is_file(0)
        && (is_full || (!is_last && reader.line(2).is_some_and(|line| line.starts_with("@@ -"))));
    let belongs = match line.as_bytes().first() {
        // Some editors take the blank from the end of an empty line.
        None => !is_full,
        // The signature of a mail.
        Some(b'-') if is_full => line.trim_end() != "--",
        Some(first) => matches!(first, b' ' | b'+' | b'-' | b'\\'),
    };
    (belongs && !is_file).then_some(line)
}

fn read(line: &str) -> Line {
    let side = match line.as_bytes().first() {
        Some(b'-') => Side::Old,
        Some(b'+') => Side::New,
        _ => Side::Both,
    };
    Line { side, text: line.get(1..).unwrap_or_default().to_owned(), ended: true }
}

/// Notes that the last of `lines` has no line end; whether there is one.
fn mark(reader: &mut Reader<'_>, lines: &mut [Line]) -> bool {
    let Some(last) = lines.last_mut().filter(|line| line.ended) else {
        let message = "this speaks of the line above, which is no line of the file";
        reader.fault(reader.span(0), message, "leave it out, or make the patch anew");
        return false;
    };
    last.ended = false;
    true
}

/// Whether only the last line on each side is without a line end.
fn ends_well(reader: &mut Reader<'_>, at: Span, lines: &[Line]) -> bool {
    let is_well = [Side::New, Side::Old].into_iter().all(|other| {
        let mut side = lines.iter().rev().filter(|line| line.side != other).skip(1);
        side.all(|line| line.ended)
    });
    if !is_well {
        let message = "a line without a line end is not the last of its file here";
        reader.fault(at, message, "write `\\ No newline at end of file` only below the last line of a file");
    }
    is_well
}

/// What is wrong with `hunk`, which is well formed, and how to mend it.
fn wrong(hunk: &Hunk, place: &Place) -> Option<(String, String)> {
    let has = |side| hunk.lines.iter().any(|line| line.side == side);
    let side =
        |other| hunk.lines.iter().filter(move |line| line.side != other).map(|line| (&line.text, line.ended));
    let told = |message: &str, hint: &str| Some((message.to_owned(), hint.to_owned()));
    if side(Side::New).eq(side(Side::Old)) {
        let hint = "leave it out; line ends are the file's own, and a patch does not change them";
        return told("the hunk changes nothing", hint);
    }
    if !has(Side::Both) && !has(Side::Old) {
        return told("the hunk only adds lines, and shows none round them: it has no place", CONTEXT);
    }
    if !has(Side::Both) && !has(Side::New) {
        let message =
            "the hunk only takes out lines, and shows none round them: nobody could tell whether it is made";
        return told(message, CONTEXT);
    }
    if hunk.old_start > 1 && is_bare(hunk.lines.iter()) {
        return told("the hunk shows no line above its first change, though it starts below line 1", CONTEXT);
    }
    let above = place.free.saturating_sub(1);
    let message =
        format!("the hunk starts at line {}, but the one above ends at line {above}", hunk.old_start);
    (hunk.old_start < place.free)
        .then(|| (message, "write hunks in the order of their file, and none twice".to_owned()))
}
