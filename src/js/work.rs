//! The work of one lowering: what is wanted meets what is written, and splices come of it.

use std::collections::BTreeSet;

use swc_ecma_ast::{Expr, Lit, ObjectLit};

use super::document::{Document, Existing};
use super::literal;
use super::lower::{Change, Conflict, How, Lowered, Note};
use super::object::{Kind, Object};
use super::parse::span_of;
use super::request::{Node, Want, Wanted};
use super::statement::Statements;
use super::writes::Write;
use super::{list, members};
use crate::text::{Span, Splice, SpliceSet};
use crate::value::KeyPath;

/// The state of one lowering.
pub(super) struct Work<'a> {
    pub(super) document: &'a Document,
    pub(super) writes: &'a [Write<'a>],
    paths: Vec<KeyPath>,
    splices: SpliceSet,
    deletions: Vec<Span>,
    /// Statements that are taken back, and how many parents had been made for the key of each.
    pub(super) withdrawn: Vec<(Span, KeyPath, usize)>,
    statements: Statements,
    outcomes: Vec<Option<Result<Change, Conflict>>>,
}

impl<'a> Work<'a> {
    pub(super) fn new(document: &'a Document, writes: &'a [Write<'a>], paths: Vec<KeyPath>) -> Self {
        let outcomes = vec![None; paths.len()];
        Work {
            document,
            writes,
            paths,
            splices: SpliceSet::default(),
            deletions: Vec::new(),
            withdrawn: Vec::new(),
            statements: Statements::default(),
            outcomes,
        }
    }

    pub(super) fn write(&mut self, write: &Write<'a>, node: &Node) {
        match &node.want {
            Some((edits, want)) => self.whole_write(write, edits, want),
            None if write.plain => self.below(write.value, node, &write.path, write),
            None => self.assign_below(Some(write), node, &write.path, span_of(write.value)),
        }
    }

    /// Meets `want` where a statement writes exactly this key.
    fn whole_write(&mut self, write: &Write<'a>, edits: &[usize], want: &Want) {
        match want {
            Want::Literal(wanted) if write.plain => self.replace(edits, wanted, write.value),
            Want::Literal(wanted) => {
                let line = self.statements_line(&write.root, &write.path, wanted);
                self.statements.add(Some(write.statement), line);
                self.done(edits, How::Assigned, None, 0);
            }
            Want::Absent { ours } => {
                let span = self.document.statement_lines(write.statement);
                self.delete(span);
                if let Some(created) = ours {
                    self.withdrawn.push((write.statement, write.path.clone(), *created));
                }
                let before = self.document.source(span_of(write.value)).to_owned();
                self.done(edits, How::Removed, Some(before), 0);
            }
            Want::List { add, drop } => list::edit(self, edits, write.value, add, drop),
        }
    }

    /// Meets everything below `node` in the object `literal`, which is the value of `path`.
    fn object(&mut self, literal: &'a ObjectLit, node: &Node, path: &KeyPath, write: &Write<'a>) {
        let object = Object::of(literal);
        let open = object.last_open();
        let open_span =
            open.and_then(|open| object.members.get(open)).map_or(object.span, |member| member.span);
        let mut missing = Vec::new();
        let mut removed = BTreeSet::new();
        for (name, child) in &node.children {
            let at = path.child(name);
            match object.last(name).filter(|index| open.is_none_or(|open| open < *index)) {
                Some(index) => self.member(&object, index, child, &at, write, &mut removed),
                None if !child.wants_value() && open.is_none() => {
                    self.done(&child.edits(), How::Already, None, 0);
                }
                None if open.is_some() && child.want.is_none() => {
                    self.assign_below(Some(write), child, &at, open_span);
                }
                None => missing.push((name.as_str(), child)),
            }
        }
        let missing = self.insertable(missing, open.map(|_| open_span));
        members::rewrite(self, &object, &removed, &missing);
    }

    /// Those of `missing` that can be inserted: a list that is not there cannot be changed, and what an open member
    /// (`...other`) may hold cannot be taken out.
    fn insertable<'n>(
        &mut self,
        missing: Vec<(&'n str, &'n Node)>,
        open: Option<Span>,
    ) -> Vec<(&'n str, &'n Node)> {
        let (fine, refused): (Vec<_>, Vec<_>) =
            missing.into_iter().partition(|(_, child)| child.wants_value() && !child.needs_existing());
        for (_, child) in refused {
            let conflict = match open {
                Some(span) => Conflict::Opaque { line: self.document.line_of(span.start) },
                None => Conflict::NoList,
            };
            if child.only_drops() && (open.is_none() || child.is_withdrawn()) {
                self.done(&child.edits(), How::Already, None, 0);
            } else {
                self.refuse(&child.edits(), &conflict);
            }
        }
        fine
    }

    fn member(
        &mut self,
        object: &Object<'a>,
        index: usize,
        child: &Node,
        at: &KeyPath,
        write: &Write<'a>,
        removed: &mut BTreeSet<usize>,
    ) {
        let Some(member) = object.members.get(index) else { return };
        let line = self.document.line_of(member.span.start);
        let twins: Vec<usize> = object.twins(index);
        match (&member.kind, &child.want) {
            (Kind::Code | Kind::Open, _) => self.refuse(&child.edits(), &Conflict::Code { line }),
            (kind, Some((edits, Want::Absent { ours }))) => {
                let value = if let Kind::Pair(value) = kind { span_of(*value) } else { member.span };
                removed.extend(if ours.is_some() { vec![index] } else { twins });
                let before = self.document.source(value).to_owned();
                self.done(edits, How::Removed, Some(before), 0);
                return;
            }
            (Kind::Pair(value), Some((edits, Want::Literal(wanted)))) => self.replace(edits, wanted, value),
            (Kind::Pair(value), Some((edits, Want::List { add, drop }))) => {
                list::edit(self, edits, value, add, drop);
            }
            (Kind::Pair(value), None) if vacated(child, value, 1) => {
                removed.insert(index);
                self.done(&child.edits(), How::Removed, None, 0);
                return;
            }
            (Kind::Pair(value), None) => self.below(value, child, at, write),
            (Kind::Shorthand, Some((edits, Want::Literal(wanted)))) => {
                let name = at.last().unwrap_or_default();
                let literal = wanted.written(self.document.style());
                self.splice(member.span, format!("{name}: {literal}"));
                self.done(edits, How::Replaced, Some(name.to_owned()), 0);
            }
            (Kind::Shorthand, Some((edits, Want::List { .. }))) => {
                self.refuse(edits, &Conflict::Opaque { line });
            }
            (Kind::Shorthand, None) => self.assign_below(Some(write), child, at, member.span),
        }
        if twins.len() > 1 {
            self.note(&child.edits(), &Note::Duplicate { line });
        }
    }

    /// Meets everything below `child` in `value`, the value of the key `at`.
    fn below(&mut self, value: &'a Expr, child: &Node, at: &KeyPath, write: &Write<'a>) {
        let line = self.document.line_of(span_of(value).start);
        match unwrapped(value) {
            Expr::Object(literal) => self.object(literal, child, at, write),
            Expr::Lit(Lit::Null(_)) if !child.wants_value() => {
                self.done(&child.edits(), How::Already, None, 0);
            }
            Expr::Lit(Lit::Null(_)) if !child.needs_existing() => {
                let indent = self.document.line_indent(span_of(value).start);
                let text = members::rendered(self.document, child, &indent, false);
                self.splice(span_of(value), text);
                members::report(self, child, How::Inserted, 0);
            }
            expr if literal::value_of(expr).is_some() => {
                let kind = literal::value_of(expr).map_or("value", |value| value.kind());
                let article = if kind.starts_with('a') { "an" } else { "a" };
                self.refuse(
                    &child.edits(),
                    &Conflict::NotObject { line, found: format!("{article} {kind}") },
                );
            }
            _ => self.assign_below(Some(write), child, at, span_of(value)),
        }
    }

    /// Adds statements after `write`, or at the end of the file, that assign everything below `node`, which `opaque`
    /// may give a value already.
    pub(super) fn assign_below(
        &mut self,
        write: Option<&Write<'a>>,
        node: &Node,
        path: &KeyPath,
        opaque: Span,
    ) {
        for (name, child) in &node.children {
            self.assign_below(write, child, &path.child(name), opaque);
        }
        let Some((edits, want)) = &node.want else { return };
        let line = self.document.line_of(opaque.start);
        let existing = self.document.existing(path);
        match want {
            Want::Literal(Wanted::Plain(value)) if self.document.holds(path, value) => {
                self.done(edits, How::Already, None, 0);
            }
            Want::Literal(wanted) => {
                let root = write
                    .map(|write| write.root.clone())
                    .or_else(|| self.writes.last().map(|last| last.root.clone()));
                let root = root.unwrap_or_else(|| self.document.root().unwrap_or_default().to_owned());
                let statement = write.map(|write| write.statement);
                let above = write.map_or(0, |write| write.path.segments().len());
                let created = self.guards(statement, &root, path, above);
                let line = self.statements_line(&root, path, wanted);
                self.statements.add(statement, line);
                self.done(edits, How::Assigned, None, created);
            }
            // Where nothing writes the key, or anything above it, the file does not give it.
            Want::Absent { .. } if existing == Existing::Missing || write.is_none() => {
                self.done(edits, How::Already, None, 0);
            }
            Want::List { .. } if existing == Existing::Missing || write.is_none() => {
                self.refuse(edits, &Conflict::NoList);
            }
            Want::Absent { .. } | Want::List { .. } => self.refuse(edits, &Conflict::Opaque { line }),
        }
    }

    /// Makes sure that every parent of `path` from depth `above` on is an object; tells how many had to be made.
    fn guards(&mut self, statement: Option<Span>, root: &str, path: &KeyPath, above: usize) -> usize {
        let mut made = 0;
        for depth in (above + 1).max(1)..path.segments().len() {
            let parent = path.prefix(depth);
            if self.document.existing(&parent) != Existing::Object {
                let spelled = self.document.spelled(root, &parent);
                self.statements.add(statement, format!("{spelled} = {spelled} || {{}};"));
                made += 1;
            }
        }
        made
    }

    fn statements_line(&self, root: &str, path: &KeyPath, wanted: &Wanted) -> String {
        format!("{} = {};", self.document.spelled(root, path), wanted.written(self.document.style()))
    }

    fn replace(&mut self, edits: &[usize], wanted: &Wanted, value: &'a Expr) {
        let span = span_of(value);
        let source = self.document.source(span).to_owned();
        let there = literal::value_of(value);
        let same = match wanted {
            Wanted::Plain(plain) => there.as_ref() == Some(plain),
            Wanted::Source(text) if source == *text => true,
            Wanted::Source(text) => {
                literal::raw(&source).is_some_and(|printed| literal::raw(text) == Some(printed))
            }
        };
        if same {
            return self.done(edits, How::Already, Some(source), 0);
        }
        if matches!(unwrapped(value), Expr::Object(literal) if !literal.props.is_empty()) {
            return self.refuse(edits, &Conflict::IsObject { line: self.document.line_of(span.start) });
        }
        let style = self.document.style_of(&source);
        match wanted {
            Wanted::Plain(plain) if let Some(parts) = list::differing(value, plain) => {
                for (span, plain) in parts {
                    let style = self.document.style_of(self.document.source(span));
                    self.splice(span, literal::written(plain, style));
                }
            }
            _ => {
                let indent = self.document.line_indent(span.start);
                self.splice(span, members::wrapped(self.document, wanted, style, &indent));
            }
        }
        self.done(edits, How::Replaced, Some(source), 0);
    }

    pub(super) fn splice(&mut self, span: Span, text: String) {
        let line = self.document.line_of(span.start);
        if self.splices.add(Splice { span, text }).is_err() {
            // The set refuses only what another edit of this lowering has changed.
            let all: Vec<usize> = (0..self.outcomes.len()).collect();
            self.refuse(&all, &Conflict::Overlap { line });
        }
    }

    pub(super) fn delete(&mut self, span: Span) {
        self.deletions.push(span);
    }

    pub(super) fn done(&mut self, edits: &[usize], how: How, before: Option<String>, created: usize) {
        let change = Change { how, before, created, notes: Vec::new() };
        for edit in edits {
            if let Some(slot) = self.outcomes.get_mut(*edit)
                && slot.is_none()
            {
                *slot = Some(Ok(change.clone()));
            }
        }
    }

    pub(super) fn refuse(&mut self, edits: &[usize], conflict: &Conflict) {
        for edit in edits {
            if let Some(slot) = self.outcomes.get_mut(*edit) {
                *slot = Some(Err(conflict.clone()));
            }
        }
    }

    fn note(&mut self, edits: &[usize], note: &Note) {
        for edit in edits {
            if let Some(Some(Ok(change))) = self.outcomes.get_mut(*edit) {
                change.notes.push(note.clone());
            }
        }
    }

    pub(super) fn finish(mut self) -> Lowered {
        self.note_conditionals();
        self.withdraw_guards();
        for (span, text) in std::mem::take(&mut self.statements).rendered(self.document) {
            self.splice(span, text);
        }
        for span in members::merged(std::mem::take(&mut self.deletions)) {
            self.splice(self.with_line_end_before(span), String::new());
        }
        let nothing = Change { how: How::Already, before: None, created: 0, notes: Vec::new() };
        let outcomes =
            self.outcomes.into_iter().map(|outcome| outcome.unwrap_or(Ok(nothing.clone()))).collect();
        Lowered { splices: self.splices, outcomes }
    }

    /// Notes every `if` after the target of an edit that may write the same key.
    fn note_conditionals(&mut self) {
        if !self.writes.iter().any(|write| write.conditional) {
            return;
        }
        for index in 0..self.paths.len() {
            let Some(path) = self.paths.get(index) else { continue };
            let last = self.writes.iter().rposition(|write| !write.conditional && write.path.contains(path));
            let later = self.writes.iter().skip(last.map_or(0, |last| last + 1)).filter(|write| {
                write.conditional && (write.path.contains(path) || path.contains(&write.path))
            });
            let lines: BTreeSet<usize> =
                later.map(|write| self.document.line_of(write.statement.start)).collect();
            for line in lines {
                self.note(&[index], &Note::Conditional { line });
            }
        }
    }
}

/// Whether taking out everything that `node` wants gone leaves `value` empty, and it was made only for that.
fn vacated(node: &Node, value: &Expr, level: usize) -> bool {
    let Expr::Object(literal) = unwrapped(value) else { return false };
    let object = Object::of(literal);
    !object.members.is_empty()
        && object.members.iter().all(|member| {
            let child = member.name.as_ref().and_then(|name| node.children.get(name));
            match (child, &member.kind) {
                (Some(Node { want: Some((_, Want::Absent { ours })), .. }), _) => {
                    ours.is_some_and(|created| created >= level)
                }
                (Some(child), Kind::Pair(value)) if child.want.is_none() => vacated(child, value, level + 1),
                _ => false,
            }
        })
}

fn unwrapped(expr: &Expr) -> &Expr {
    if let Expr::Paren(inner) = expr { unwrapped(&inner.expr) } else { expr }
}
