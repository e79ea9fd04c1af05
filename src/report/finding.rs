//! Findings and faults, drawn with the line they are about.

use annotate_snippets::{AnnotationKind, Group, Level as Drawn, Renderer, Snippet};
use anstyle::AnsiColor;

use super::{DIM, styled};
use crate::fault::{Fault, Finding, Level, Place};

/// A finding as `error:`, `warning:` or `note:`, its line, and its hint.
#[must_use]
pub fn drawn(finding: &Finding) -> String {
    let level = match finding.level {
        Level::Error => Drawn::ERROR,
        Level::Warning => Drawn::WARNING,
        Level::Note => Drawn::NOTE,
    };
    draw(level, &finding.message, finding.place.as_ref(), finding.hint.as_deref())
}

/// Findings in a line each, with the hint in another: where many are told at once, each line of source is one too many.
/// Those that say the same of several things are one line that names all of these.
#[must_use]
pub fn brief(findings: &[Finding]) -> String {
    let mut groups: Vec<(&Finding, Vec<&str>)> = Vec::new();
    for finding in findings {
        let (subject, rest) = subject(&finding.message);
        let is_alike = |(first, _): &&mut (&Finding, Vec<&str>)| {
            (first.level, &first.hint) == (finding.level, &finding.hint)
                && alike(self::subject(&first.message).1, rest)
        };
        match groups.iter_mut().find(is_alike) {
            Some((_, others)) => others.push(subject),
            None => groups.push((finding, Vec::new())),
        }
    }
    groups.iter().map(|(first, others)| brief_line(first, others)).collect::<Vec<_>>().concat()
}

fn brief_line(finding: &Finding, others: &[&str]) -> String {
    let (word, color) = match finding.level {
        Level::Error => ("error", AnsiColor::BrightRed),
        Level::Warning => ("warning", AnsiColor::Yellow),
        Level::Note => ("note", AnsiColor::BrightGreen),
    };
    let word = styled(color.on_default().bold(), word);
    let place = finding.place.as_ref().map(|place| styled(DIM, format!(" ({place})"))).unwrap_or_default();
    let hint = finding.hint.as_ref().map(|hint| format!("  hint: {hint}\n")).unwrap_or_default();
    let mut others = others.to_vec();
    others.dedup();
    let others =
        if others.is_empty() { String::new() } else { format!("  and so of {}\n", others.join(", ")) };
    format!("{word}: {}{place}\n{others}{hint}", finding.message)
}

/// What a message is about, which it begins with, and what it says of that.
fn subject(message: &str) -> (&str, &str) {
    let end = match message.strip_prefix('`') {
        Some(rest) => rest.find('`').map(|at| at + 2),
        None => message.find(": "),
    };
    message.split_at(end.unwrap_or(0))
}

/// Whether both say the same, but for figures and colours.
fn alike(one: &str, other: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let is_figure =
            |word: &&str| !word.starts_with(|letter: char| letter == '#' || letter.is_ascii_digit());
        text.split(' ').filter(is_figure).map(ToOwned::to_owned).collect()
    };
    !one.is_empty() && words(one) == words(other)
}

/// A fault of a project's file.
#[must_use]
pub fn fault(fault: &Fault) -> String {
    draw(Drawn::ERROR, &fault.message, Some(&fault.place), fault.hint.as_deref())
}

/// An error that is about no line.
#[must_use]
pub fn plain(message: &str, hint: Option<&str>) -> String {
    draw(Drawn::ERROR, message, None, hint)
}

fn draw(level: Drawn<'_>, message: &str, place: Option<&Place>, hint: Option<&str>) -> String {
    let mut group = Group::with_title(level.primary_title(message));
    if let Some(place) = place {
        group = group.element(snippet(place));
    }
    if let Some(hint) = hint {
        group = group.element(Drawn::HELP.with_name(Some("hint")).message(hint));
    }
    format!("{}\n", Renderer::styled().render(&[group]))
}

pub(super) fn snippet(place: &Place) -> Snippet<'_, annotate_snippets::Annotation<'_>> {
    let byte = |character: usize| {
        place.source.char_indices().nth(character).map_or(place.source.len(), |(at, _)| at)
    };
    let (start, end) = (byte(place.column - 1), byte(place.column - 1 + place.width));
    Snippet::source(place.source.as_str())
        .line_start(place.line)
        .path(place.file.as_str())
        .annotation(AnnotationKind::Primary.span(start..end.max(start)))
}
