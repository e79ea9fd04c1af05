//! Known mistakes: in words, and as JSON.

use serde_json::{Value as Json, json};

use crate::catalogue::Severity;
use crate::fault::{Finding, Level, Place};
use crate::lint::Mistake;
use crate::plan::Mistaken;

/// A mistake as a finding: with its line, what mends it, and how to silence it.
#[must_use]
pub fn mistake(mistake: &Mistake, place: Option<&Place>) -> Finding {
    let level = match mistake.severity {
        Severity::Info => Level::Note,
        Severity::Warning => Level::Warning,
        Severity::Error => Level::Error,
    };
    let host = mistake.host.as_ref().map(|host| format!(" ({host})")).unwrap_or_default();
    let silence = format!("`[silence]` of brand.toml takes `{} = \"why it is none here\"`", mistake.id);
    let hint = mistake.hint.as_ref().map_or_else(|| silence.clone(), |hint| format!("{hint}; {silence}"));
    let finding = Finding::new(level, format!("{}{host}", mistake.message)).hint(hint);
    match place {
        Some(place) => finding.at(place),
        None => finding,
    }
}

/// A mistake as JSON.
pub(super) fn json(made: &Mistaken) -> Json {
    let Mistaken { mistake, place } = made;
    let key = |(file, path): &(crate::catalogue::ConfigFile, crate::value::KeyPath)| json!({ "file": file.to_string(), "key": path.to_string() });
    json!({
        "id": mistake.id,
        "severity": match mistake.severity {
            Severity::Info => "info",
            Severity::Warning => "warning",
            Severity::Error => "error",
        },
        "host": mistake.host,
        "keys": mistake.keys.iter().map(key).collect::<Vec<_>>(),
        "message": mistake.message,
        "hint": mistake.hint,
        "place": place,
    })
}
