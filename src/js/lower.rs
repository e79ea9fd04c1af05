//! From edits to splices.
//!
//! The target of a key is the last unconditional write to it or to anything above it. There, a value that is written
//! is replaced, a member that is missing is inserted, and where the value is opaque a statement follows it. An edit
//! that is already in force lowers to nothing.

use std::collections::{BTreeMap, BTreeSet};

use swc_ecma_ast::{Expr, Lit, ObjectLit, Stmt};

use super::document::{Document, Existing};
use super::literal;
use super::object::{Kind, Object};
use super::parse::span_of;
use super::request::{Node, Want, Wanted};
use super::statement::Statements;
use super::writes::{Write, writes};
use super::{list, members};
use crate::edit::Edit;
use crate::text::{Span, Splice, SpliceSet};
use crate::value::KeyPath;

/// What an edit comes to in this file.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// How the key gets what is wanted.
    pub how: How,
    /// The source of the value that stood there, if one was written.
    pub before: Option<String>,
    /// How many missing parents are made for it.
    pub created: usize,
    /// What the owner should know about it.
    pub notes: Vec<Note>,
}

/// How an edit is carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// It is in force already.
    Already,
    /// A value is replaced.
    Replaced,
    /// A member is inserted.
    Inserted,
    /// A member is inserted after the comment that documents it.
    InsertedAtComment,
    /// A statement that assigns it is added.
    Assigned,
    /// The key is taken out.
    Removed,
    /// Items are added to or taken out of a list.
    ListEdited,
}

/// Something about an edit that does not prevent it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// The key stands several times in one object, and the last one counts.
    Duplicate {
        /// The line of the one that counts, from 1.
        line: usize,
    },
    /// An `if` further down may give the key another value.
    Conditional {
        /// The line of that statement, from 1.
        line: usize,
    },
}

/// Why an edit cannot be carried out by splicing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Conflict {
    /// The raw text is no single literal.
    #[error("`{0}` is not a JavaScript literal")]
    NotLiteral(String),
    /// Another edit wants something else of this key, or of one above or below it.
    #[error("another wish wants something else of this key")]
    Disagree {
        /// The index of that edit.
        other: usize,
    },
    /// The key is a method, a getter or a setter.
    #[error("line {line} computes this key with code of its own")]
    Code {
        /// The line, from 1.
        line: usize,
    },
    /// Something above the key is a value that has no members.
    #[error("line {line} holds {found} where an object is needed")]
    NotObject {
        /// The line, from 1.
        line: usize,
        /// What stands there.
        found: String,
    },
    /// The key is an object; its keys are set one by one.
    #[error("line {line} holds an object, whose keys are set one by one")]
    IsObject {
        /// The line, from 1.
        line: usize,
    },
    /// There is no list to change.
    #[error("there is no list here to change")]
    NoList,
    /// The list or object is not written out, so what it holds cannot be changed.
    #[error("line {line} computes the value, so it cannot be changed in place")]
    Opaque {
        /// The line, from 1.
        line: usize,
    },
    /// Two edits meet at the same bytes.
    #[error("two changes meet at the same place in line {line}")]
    Overlap {
        /// The line, from 1.
        line: usize,
    },
}

/// The splices for a list of edits, and what each edit came to, in the same order.
pub struct Lowered {
    /// The changes to the text.
    pub splices: SpliceSet,
    /// One outcome for each edit.
    pub outcomes: Vec<Result<Change, Conflict>>,
}

/// Lowers `edits` of the root's keys in `document`.
pub(super) fn lower(document: &Document, edits: &[Edit]) -> Lowered {
    let wants = edits.iter().map(|edit| (edit.at.clone(), Want::of(edit))).collect();
    lower_wants(document, wants)
}

/// Lowers `wants`; see `lower`.
pub(super) fn lower_wants(document: &Document, wants: Vec<(KeyPath, Result<Want, Conflict>)>) -> Lowered {
    let (writes, _) = all_writes(document);
    let mut work = Work::new(document, &writes, wants.iter().map(|(path, _)| path.clone()).collect());
    let mut groups: BTreeMap<Option<usize>, Node> = BTreeMap::new();
    for (index, (path, want)) in wants.into_iter().enumerate() {
        let added = want.and_then(|want| {
            targets(&writes, &path, &want).into_iter().try_for_each(|target| {
                let above = target
                    .and_then(|target| writes.get(target))
                    .map_or(0, |write| write.path.segments().len());
                let rest = path.segments().get(above..).unwrap_or_default();
                groups.entry(target).or_default().add(rest, index, want.clone())
            })
        });
        if let Err(conflict) = added {
            work.refuse(&[index], &conflict);
        }
    }
    for (target, node) in &groups {
        match target.and_then(|target| writes.get(target)) {
            Some(write) => work.write(write, node),
            None => work.assign_below(None, node, &KeyPath::default()),
        }
    }
    work.finish()
}

fn all_writes(document: &Document) -> (Vec<Write<'_>>, bool) {
    match (document.root(), document.statements()) {
        (Some(root), statements) => writes(statements, root),
        (None, [Stmt::Expr(json)]) => {
            let write = Write {
                path: KeyPath::default(),
                value: &json.expr,
                plain: true,
                conditional: false,
                statement: span_of(json),
                root: String::new(),
            };
            (vec![write], true)
        }
        (None, _) => (Vec::new(), true),
    }
}

/// The writes at which `want` is to be met: the last unconditional one at or above `path`. What is to be absent must
/// go from the ones before it too, as taking out a statement uncovers them. None stands for the end of the file.
fn targets(writes: &[Write<'_>], path: &KeyPath, want: &Want) -> Vec<Option<usize>> {
    let above = |write: &Write<'_>| !write.conditional && write.path.contains(path);
    let mut found: Vec<Option<usize>> = Vec::new();
    for (index, write) in writes.iter().enumerate().rev().filter(|(_, write)| above(write)) {
        found.push(Some(index));
        if !matches!(want, Want::Absent { .. }) || write.path != *path {
            break;
        }
    }
    if found.is_empty() {
        found.push(None);
    }
    found
}

/// The state of one lowering.
pub(super) struct Work<'a> {
    pub(super) document: &'a Document,
    writes: &'a [Write<'a>],
    paths: Vec<KeyPath>,
    splices: SpliceSet,
    deletions: Vec<Span>,
    statements: Statements,
    outcomes: Vec<Option<Result<Change, Conflict>>>,
}

impl<'a> Work<'a> {
    fn new(document: &'a Document, writes: &'a [Write<'a>], paths: Vec<KeyPath>) -> Self {
        let outcomes = vec![None; paths.len()];
        let (splices, deletions) = (SpliceSet::default(), Vec::new());
        Work { document, writes, paths, splices, deletions, statements: Statements::default(), outcomes }
    }

    fn write(&mut self, write: &Write<'a>, node: &Node) {
        match &node.want {
            Some((edits, want)) => self.whole_write(write, edits, want),
            None => match unwrapped(write.value) {
                Expr::Object(literal) if write.plain => self.object(literal, node, &write.path, write),
                _ => self.assign_below(Some(write), node, &write.path.clone()),
            },
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
            Want::Absent { .. } => {
                let span = self.document.statement_lines(write.statement);
                self.delete(span);
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
        let mut missing = Vec::new();
        let mut removed = BTreeSet::new();
        for (name, child) in &node.children {
            let at = path.child(name);
            match object.last(name).filter(|index| open.is_none_or(|open| open < *index)) {
                Some(index) => self.member(&object, index, child, &at, write, &mut removed),
                None if !child.wants_value() && open.is_none() => {
                    self.done(&child.edits(), How::Already, None, 0);
                }
                None if open.is_some() && child.want.is_none() => self.assign_below(Some(write), child, &at),
                None => missing.push((name.as_str(), child)),
            }
        }
        let missing = self.insertable(missing, open.map(|_| object.span));
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
            missing.into_iter().partition(|(_, child)| !child.needs_existing());
        for (_, child) in refused {
            let conflict = match open {
                Some(span) => Conflict::Opaque { line: self.document.line_of(span.start) },
                None => Conflict::NoList,
            };
            if child.only_drops() && open.is_none() {
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
            (kind, Some((edits, Want::Absent { .. }))) => {
                let value = if let Kind::Pair(value) = kind { span_of(*value) } else { member.span };
                removed.extend(twins);
                let before = self.document.source(value).to_owned();
                self.done(edits, How::Removed, Some(before), 0);
                return;
            }
            (Kind::Pair(value), Some((edits, Want::Literal(wanted)))) => self.replace(edits, wanted, value),
            (Kind::Pair(value), Some((edits, Want::List { add, drop }))) => {
                list::edit(self, edits, value, add, drop);
            }
            (Kind::Pair(value), None) if vacated(child, value, 1) => {
                removed.extend(twins);
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
            (Kind::Shorthand, None) => self.assign_below(Some(write), child, at),
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
                let before = self.document.source(span_of(value)).to_owned();
                self.splice(span_of(value), text);
                self.done(&child.edits(), How::Replaced, Some(before), 0);
            }
            expr if literal::value_of(expr).is_some() => {
                let found = literal::value_of(expr).map_or("a value", |value| value.kind()).to_owned();
                self.refuse(&child.edits(), &Conflict::NotObject { line, found: format!("a {found}") });
            }
            _ => self.assign_below(Some(write), child, at),
        }
    }

    /// Adds statements after `write`, or at the end of the file, that assign everything below `node`.
    fn assign_below(&mut self, write: Option<&Write<'a>>, node: &Node, path: &KeyPath) {
        for (name, child) in &node.children {
            self.assign_below(write, child, &path.child(name));
        }
        let Some((edits, want)) = &node.want else { return };
        let line = write.map_or(1, |write| self.document.line_of(write.statement.start));
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
            Want::Absent { .. } if existing == Existing::Missing => self.done(edits, How::Already, None, 0),
            Want::List { add, .. } if existing == Existing::Missing && add.is_empty() => {
                self.done(edits, How::Already, None, 0);
            }
            Want::List { .. } if existing == Existing::Missing => self.refuse(edits, &Conflict::NoList),
            Want::Absent { .. } | Want::List { .. } => self.refuse(edits, &Conflict::Opaque { line }),
        }
    }

    /// Makes sure that every parent of `path` from depth `above` on is an object; tells how many had to be made.
    fn guards(&mut self, statement: Option<Span>, root: &str, path: &KeyPath, above: usize) -> usize {
        let mut made = 0;
        for depth in (above + 1).max(1)..path.segments().len() {
            let parent = KeyPath::new(path.segments().iter().take(depth).cloned().collect());
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
            Wanted::Source(text) => literal::raw(&source).is_some_and(|printed| printed == *text),
        };
        if same {
            return self.done(edits, How::Already, Some(source), 0);
        }
        if matches!(unwrapped(value), Expr::Object(literal) if !literal.props.is_empty()) {
            return self.refuse(edits, &Conflict::IsObject { line: self.document.line_of(span.start) });
        }
        let style = self.document.style_of(&source);
        let indent = self.document.line_indent(span.start);
        self.splice(span, members::wrapped(self.document, wanted, style, &indent));
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
        for edit in edits {
            let change = Change { how, before: before.clone(), created, notes: Vec::new() };
            if let Some(slot) = self.outcomes.get_mut(*edit)
                && slot.is_none()
            {
                *slot = Some(Ok(change));
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

    fn finish(mut self) -> Lowered {
        self.note_conditionals();
        for (span, text) in std::mem::take(&mut self.statements).rendered(self.document) {
            self.splice(span, text);
        }
        for span in merged(std::mem::take(&mut self.deletions)) {
            self.splice(span, String::new());
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
            let lines: Vec<usize> = later.map(|write| self.document.line_of(write.statement.start)).collect();
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
                (Some(Node { want: Some((_, Want::Absent { created })), .. }), _) => *created >= level,
                (Some(child), Kind::Pair(value)) if child.want.is_none() => vacated(child, value, level + 1),
                _ => false,
            }
        })
}

fn unwrapped(expr: &Expr) -> &Expr {
    if let Expr::Paren(inner) = expr { unwrapped(&inner.expr) } else { expr }
}

/// `spans`, sorted, with those that touch made one.
fn merged(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    let mut merged: Vec<Span> = Vec::new();
    for span in spans {
        match merged.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => merged.push(span),
        }
    }
    merged
}
