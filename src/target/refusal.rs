//! Why an edit cannot be made: one sentence with the line of the file that is the reason, and what helps.

use std::collections::BTreeSet;

use crate::edit::{Edit, Op};
use crate::fault::{Finding, Level, Place};
use crate::js::{Conflict, Danger, Deed, Difference, Document, Effect, Kind, Known};
use crate::path::SitePath;
use crate::value::KeyPath;

/// The longest piece of code that a sentence quotes, in characters.
const QUOTED: usize = 60;

/// One file that refuses edits.
pub(super) struct Refusal<'a> {
    /// The file.
    pub(super) path: &'a SitePath,
    /// What it says without the edits.
    pub(super) base: &'a Document,
    /// All edits of it.
    pub(super) edits: &'a [&'a Edit],
    /// How many of them, from the first, are spliced; the others stand at the end of the file.
    pub(super) spliced: usize,
}

/// A reason, and what helps.
struct Reason {
    text: String,
    hint: String,
}

impl Refusal<'_> {
    /// What is said of `edit`, which meets `conflict`.
    pub(super) fn conflict(&self, edit: &Edit, conflict: &Conflict) -> Finding {
        let finding = Finding::new(Level::Error, self.message(&edit.at, &conflict.to_string()));
        let finding = finding.at(&edit.why.place);
        match conflict {
            Conflict::Disagree { other } => match self.edits.get(*other) {
                Some(other) => finding.hint(format!("the other wish is at {}", other.why.place)),
                None => finding,
            },
            Conflict::NoList => finding.hint("give the whole list with `[set]`"),
            Conflict::NotLiteral(_) => {
                finding.hint("a number, a string, `null`, a list or an object, without names or calls")
            }
            Conflict::IsObject { .. } => finding.hint("set the keys inside it one by one"),
            Conflict::Code { line } => finding.hint(format!("write a plain value in line {line} instead")),
            Conflict::NotObject { line, .. } => {
                finding.hint(format!("write an object in line {line}, or take the wish out"))
            }
            Conflict::Opaque { .. } if matches!(edit.op, Op::Append(_) | Op::Without(_)) => {
                finding.hint("give the whole list with `[set]`")
            }
            Conflict::Opaque { line } | Conflict::Overlap { line }
                if edit.why.place.file.starts_with("brand/") =>
            {
                finding.hint(format!("write a plain value in line {line}"))
            }
            Conflict::Opaque { .. } | Conflict::Overlap { .. } => {
                finding.hint("`style = \"overlay\"` in the patch file does it at the end of the file")
            }
        }
    }

    /// What is said of `differences` and `dangers`, each reason once.
    pub(super) fn findings(&self, differences: &[Difference], dangers: &[Danger]) -> Vec<Finding> {
        // What comes last decides, and what is different then follows from it.
        if let Some(last) = dangers.last() {
            return vec![self.danger(last)];
        }
        let entangled =
            differences.iter().find(|difference| matches!(difference.kind, Kind::Effect | Kind::Frozen));
        if let Some(entangled) = entangled {
            return vec![self.difference(entangled)];
        }
        let mut seen = BTreeSet::new();
        let all = differences.iter().map(|difference| self.difference(difference));
        all.filter(|finding| seen.insert(finding.message.clone())).collect()
    }

    /// What is said of variables that follow the wishes.
    pub(super) fn notes(&self, differences: &[Difference]) -> Vec<Finding> {
        let mut seen = BTreeSet::new();
        let first = differences.iter().filter(|difference| seen.insert(&difference.variable));
        let note = |difference: &Difference| {
            let line = self.line(&difference.variable, &KeyPath::default());
            let Difference { variable, .. } = difference;
            let message = format!("line {line} of `{}` computes `{variable}` from what is wished", self.path);
            Finding::new(Level::Note, message).at(&super::place(self.path, self.base.text(), line))
        };
        first.map(note).collect()
    }

    fn danger(&self, danger: &Danger) -> Finding {
        let line = self.base.text().line_of(danger.span.start);
        let code = quoted(&danger.text);
        let (at, text) = match &danger.deed {
            Deed::Writes(at) => (Some(at), format!("line {line}, {code}, may give it another value")),
            Deed::WritesAny(at) => (Some(at), format!("line {line}, {code}, may change any key")),
            Deed::Reads(read) => {
                (None, format!("line {line}, {code}, reads `{read}` and may change other keys by it"))
            }
            Deed::Computes(read) => {
                (None, format!("line {line}, {code}, computes a key from `{read}`, which the wish changes"))
            }
        };
        let edit = at.and_then(|at| self.edits.iter().copied().find(|edit| edit.at == *at));
        let hint = if matches!(danger.deed, Deed::Computes(_)) {
            format!("write a plain value in line {line} instead")
        } else if danger.locks {
            away(line)
        } else {
            self.after(edit, line)
        };
        self.finding(edit, Reason { text, hint })
    }

    fn difference(&self, difference: &Difference) -> Finding {
        let at = &difference.path;
        let ours = difference.variable == self.base.variable();
        let edit = self.edits.iter().copied().find(|edit| ours && edit.at == *at);
        let reason = match difference.kind {
            Kind::Wish => self.lost(at, edit),
            Kind::Follows | Kind::Other => self.computed(difference),
            Kind::Effect | Kind::Frozen => self.entangled(difference),
            Kind::Throw => self.stopped(difference),
        };
        self.finding(edit, reason)
    }

    /// The script throws an exception that nothing catches.
    fn stopped(&self, difference: &Difference) -> Reason {
        let found = &difference.found;
        match difference.span {
            Some(span) => {
                let line = self.base.text().line_of(span.start);
                let text = format!("line {line} stops the script: {found}");
                Reason {
                    text,
                    hint: format!("browsers run nothing of the file from line {line} on; mend it first"),
                }
            }
            None => Reason {
                text: format!("the script would stop: {found}"),
                hint: "take the wish out, or mend what it meets".to_owned(),
            },
        }
    }

    /// Why a wish would not be in force.
    fn lost(&self, at: &KeyPath, edit: Option<&Edit>) -> Reason {
        let line = self.line(self.base.variable(), at);
        let above = (1..at.segments().len()).map(|depth| at.prefix(depth));
        let plain = above.rev().find_map(|parent| self.base.value(&parent)?.to_value());
        let plain = plain
            .filter(|value| !matches!(value, crate::value::Value::Object(_) | crate::value::Value::Null));
        if let Some(value) = plain {
            let text = format!("line {line} holds {} where an object is needed", article(value.kind()));
            return Reason { text, hint: format!("write an object in line {line}, or take the wish out") };
        }
        if let Some(Known::Unknown(unknown)) = self.base.value(at) {
            let line = self.base.text().line_of(unknown.span.start);
            let text = format!("line {line}, {}, may give it another value", quoted(&unknown.text));
            return Reason { text, hint: self.after(edit, line) };
        }
        let code = self.base.evaluation().last_store(self.base.variable(), at);
        let code = code.map(|span| quoted(self.base.text().slice(span))).unwrap_or_default();
        let text = format!("line {line}, {code}, comes later and decides what it is");
        Reason { text, hint: self.after(edit, line) }
    }

    /// Something else would change with the wish.
    fn computed(&self, difference: &Difference) -> Reason {
        let Difference { at, variable, path, expected, found, .. } = difference;
        let stored = self.line(variable, path);
        let line = difference.span.map_or(stored, |span| self.base.text().line_of(span.start));
        let text = match difference.kind {
            Kind::Follows => {
                let read = match expected.split(", now ").next().unwrap_or(expected) {
                    // The ways of a condition, and what an earlier piece of code left.
                    "`then`" | "`else`" | "`before`" => "what",
                    name => &format!("{name}, which"),
                };
                format!("line {line} computes `{at}` from {read} the wish changes")
            }
            _ => format!("line {line} computes `{at}`, which would change from {expected} to {found}"),
        };
        let plain = format!("write a plain value in line {line}");
        let key =
            (variable == self.base.variable()).then(|| format!("set `{path}` in the patch too, or {plain}"));
        Reason { text, hint: key.unwrap_or(plain) }
    }

    /// Code that is not followed would be other code.
    fn entangled(&self, difference: &Difference) -> Reason {
        if let Some(span) = difference.span {
            let line = self.base.text().line_of(span.start);
            let code = quoted(self.base.text().slice(span));
            let text = format!("line {line}, {code}, does more than to give one key a value");
            return Reason { text, hint: self.after(None, line) };
        }
        let line = self.line(self.base.variable(), &difference.path);
        if let Some(Known::Unknown(unknown)) = self.base.value(&difference.path) {
            let text = format!("line {line}, {}, computes this key by itself", quoted(&unknown.text));
            return Reason { text, hint: format!("write a plain value in line {line} instead") };
        }
        if difference.kind == Kind::Frozen {
            let text = format!("line {line} may make an object of it that cannot be changed any more");
            return Reason { text, hint: format!("take what freezes it out of line {line}") };
        }
        let text = format!("line {line} puts an object there that has another name too");
        Reason { text, hint: format!("write the object out in line {line}") }
    }

    /// The line on which the base gives the key `at` of `variable` its value last.
    fn line(&self, variable: &str, at: &KeyPath) -> usize {
        let stored = self.base.evaluation().last_store(variable, at);
        let stored = stored.map_or(1, |span| self.base.text().line_of(span.start));
        let prefixes = (0..=at.segments().len()).rev().map(|depth| at.prefix(depth));
        let written =
            prefixes.filter(|_| variable == self.base.variable()).find_map(|at| self.base.line(&at));
        written.map_or(stored, |written| written.max(stored))
    }

    /// What helps against line `line`, which comes after `edit`, or after one of all. Only a patch may choose to come last.
    fn after(&self, edit: Option<&Edit>, line: usize) -> String {
        let (spliced, overlaid) = self.edits.split_at(self.spliced.min(self.edits.len()));
        let is_last = overlaid.iter().any(|last| edit.is_none_or(|edit| edit.at == last.at));
        let meant = spliced.iter().filter(|one| edit.is_none_or(|edit| edit.at == one.at));
        let all_of_patches = meant.map(|one| &one.why.place.file).all(|file| !file.starts_with("brand/"));
        if all_of_patches && !is_last { overlay_after(line) } else { away(line) }
    }

    fn finding(&self, edit: Option<&Edit>, reason: Reason) -> Finding {
        match edit {
            Some(edit) => {
                Finding::new(Level::Error, self.message(&edit.at, &reason.text)).at(&edit.why.place)
            }
            None => Finding::new(Level::Error, format!("failed to edit `{}`: {}", self.path, reason.text)),
        }
        .hint(reason.hint)
    }

    fn message(&self, at: &KeyPath, reason: &str) -> String {
        format!("failed to edit `{at}` in `{}`: {reason}", self.path)
    }
}

/// What is said of code of `base` from elsewhere that may change what was wished.
pub(super) fn warning(path: &SitePath, base: &Document, effect: &Effect) -> Finding {
    let (text, root) = (base.text(), base.variable());
    let line = text.line_of(effect.span.start);
    let code = quoted(&effect.text);
    let message = format!("line {line} of `{path}`, {code}, may change any key of `{root}`");
    let hint = "look at the page after `apply`; `style = \"overlay\"` in a patch file assigns its keys after that line";
    Finding::new(Level::Warning, message).at(&Place::of(path.as_str(), text, effect.span)).hint(hint)
}

fn overlay_after(line: usize) -> String {
    format!("`style = \"overlay\"` in the patch file assigns it at the end of the file, after line {line}")
}

fn away(line: usize) -> String {
    format!("take line {line} out, or take the wish out")
}

fn article(kind: &str) -> String {
    format!("{} {kind}", if kind.starts_with('a') { "an" } else { "a" })
}

/// The first line of `code`, between backticks.
fn quoted(code: &str) -> String {
    let line = code.lines().next().unwrap_or("").trim_end_matches(';');
    let cut = line.char_indices().nth(QUOTED).map(|(at, _)| at);
    match cut {
        Some(cut) => format!("`{}…`", line.get(..cut).unwrap_or(line)),
        None if code.lines().count() > 1 => format!("`{line}…`"),
        None => format!("`{line}`"),
    }
}
