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

/// A finding in a line, and its hint in another: where many are told at once, each line of source is one too many.
#[must_use]
pub fn brief(finding: &Finding) -> String {
    let (word, color) = match finding.level {
        Level::Error => ("error", AnsiColor::BrightRed),
        Level::Warning => ("warning", AnsiColor::Yellow),
        Level::Note => ("note", AnsiColor::BrightGreen),
    };
    let word = styled(color.on_default().bold(), word);
    let place = finding.place.as_ref().map(|place| styled(DIM, format!(" ({place})"))).unwrap_or_default();
    let hint = finding.hint.as_ref().map(|hint| format!("  hint: {hint}\n")).unwrap_or_default();
    format!("{word}: {}{place}\n{hint}", finding.message)
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
