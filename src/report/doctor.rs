//! What `doctor` found: in words, each with the line that makes it so, and as JSON.

use annotate_snippets::{Group, Level as Drawn, Renderer};
use serde_json::{Value as Json, json};

use super::finding::snippet;
use crate::deeds::Diagnosis;
use crate::doctor::Problem;
use crate::fault::{Level, Place};

/// A problem, the line at `place` that makes it so, why it matters, and what to do.
#[must_use]
pub fn problem(problem: &Problem, place: Option<&Place>) -> String {
    let level = match problem.level {
        Level::Error => Drawn::ERROR,
        Level::Warning => Drawn::WARNING,
        Level::Note => Drawn::NOTE,
    };
    let mut group = Group::with_title(level.primary_title(&*problem.what));
    if let Some(place) = place {
        group = group.element(snippet(place));
    }
    group = group.element(Drawn::NOTE.with_name(Some("why")).message(&*problem.why));
    if !problem.hint.is_empty() {
        group = group.element(Drawn::HELP.with_name(Some("hint")).message(&*problem.hint));
    }
    format!("{}\n", Renderer::styled().render(&[group]))
}

/// The same as JSON.
#[must_use]
pub fn doctor_json(found: &Diagnosis, ok: bool) -> Json {
    json!({ "format": 1, "command": "doctor", "ok": ok, "sent": found.sent, "problems": found.problems })
}
