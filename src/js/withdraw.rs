//! Taking back statements that an earlier run added, with what was added only for them.

use super::work::Work;
use super::writes::Write;
use crate::text::Span;
use crate::value::KeyPath;

impl Work<'_> {
    /// Takes back `a.b = a.b || {};` where it was made for a statement that is taken back, and nothing else needs it.
    pub(super) fn withdraw_guards(&mut self) {
        let mut gone: Vec<Span> = self.withdrawn.iter().map(|(statement, ..)| *statement).collect();
        for (_, path, created) in std::mem::take(&mut self.withdrawn) {
            let above = path.segments().len();
            for depth in (above.saturating_sub(created).max(1)..above).rev() {
                let parent = KeyPath::new(path.segments().iter().take(depth).cloned().collect());
                if let Some(statement) = self.unneeded_guard(&parent, &gone) {
                    gone.push(statement);
                    self.delete(self.document.statement_lines(statement));
                }
            }
        }
    }

    /// The statement that makes sure that `parent` is an object, if all writes below it are `gone`.
    fn unneeded_guard(&self, parent: &KeyPath, gone: &[Span]) -> Option<Span> {
        let stays = |write: &&Write<'_>| parent.contains(&write.path) && !gone.contains(&write.statement);
        let last = self.writes.iter().rev().find(stays)?;
        let spelled = self.document.spelled(&last.root, parent);
        let is_guard = self.document.source(last.statement) == format!("{spelled} = {spelled} || {{}};");
        is_guard.then_some(last.statement)
    }

    /// `span`, and the line end before it where it is the last line, if the file does not end that.
    pub(super) fn with_line_end_before(&self, span: Span) -> Span {
        let source = self.document.text().as_str();
        let before = source.get(..span.start).and_then(|before| before.strip_suffix('\n'));
        match before {
            Some(before) if span.end == source.len() && !source.ends_with('\n') => {
                Span::new(before.strip_suffix('\r').unwrap_or(before).len(), span.end)
            }
            _ => span,
        }
    }
}
