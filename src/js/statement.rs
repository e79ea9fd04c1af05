//! Statements added to a script: after another one, or at the end of the file.

use super::document::Document;
use super::object;
use crate::text::Span;

/// Lines of code to add, by the statement they follow; `None` stands for the end of the file.
#[derive(Default)]
pub(super) struct Statements {
    added: Vec<(Option<Span>, Vec<String>)>,
}

impl Statements {
    /// Adds `line` after `statement`, unless the very same line is already to stand there.
    pub(super) fn add(&mut self, statement: Option<Span>, line: String) {
        match self.added.iter_mut().find(|(after, _)| *after == statement) {
            Some((_, lines)) if lines.contains(&line) => {}
            Some((_, lines)) => lines.push(line),
            None => self.added.push((statement, vec![line])),
        }
    }

    /// The lines as insertions into `document`.
    pub(super) fn rendered(self, document: &Document) -> Vec<(Span, String)> {
        let render = |(after, lines): (Option<Span>, Vec<String>)| match after {
            Some(statement) => after_statement(document, statement, &lines),
            None => at_end(document, &lines),
        };
        self.added.into_iter().map(render).collect()
    }
}

fn after_statement(document: &Document, statement: Span, lines: &[String]) -> (Span, String) {
    let text = document.text();
    let end = text.line_end();
    let line = text.line_of(statement.end);
    let rest = text.slice(Span::new(statement.end, text.line_start(line + 1))).trim_end_matches(['\n', '\r']);
    if rest.trim().is_empty() || rest.trim().starts_with("//") {
        let at = statement.end + rest.len();
        let indent = object::line_indentation(text, statement.start);
        let lead = format!("{end}{indent}");
        return (Span::empty(at), format!("{lead}{}", lines.join(&lead)));
    }
    // Something else follows on the line; a statement that relied on a line end needs its semicolon now.
    let lead = if text.slice(statement).ends_with([';', '}']) { " " } else { "; " };
    (Span::empty(statement.end), format!("{lead}{}", lines.join(" ")))
}

/// `lines` as whole lines at the end of `document`.
pub(super) fn at_end(document: &Document, lines: &[String]) -> (Span, String) {
    let source = document.text().as_str();
    let end = document.text().line_end();
    let ends_line = source.is_empty() || source.ends_with('\n');
    let lines = lines.join(end);
    let added = if ends_line { format!("{lines}{end}") } else { format!("{end}{lines}") };
    (Span::empty(source.len()), added)
}
