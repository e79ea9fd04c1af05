//! From edits to splices.
//!
//! The target of a key is the last unconditional write to it or to anything above it. There, a value that is written
//! is replaced, a member that is missing is inserted, and where the value is opaque a statement follows it. An edit
//! that is already in force lowers to nothing.

use std::collections::BTreeMap;

use swc_ecma_ast::Stmt;

use super::document::Document;
use super::parse::span_of;
use super::request::{Node, Want};
use super::work::Work;
use super::writes::{Write, writes_by};
use crate::edit::Edit;
use crate::text::{Span, SpliceSet};
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
            None => work.assign_below(None, node, &KeyPath::default(), Span::empty(0)),
        }
    }
    work.finish()
}

fn all_writes(document: &Document) -> (Vec<Write<'_>>, bool) {
    match (document.root(), document.statements()) {
        (Some(root), statements) => writes_by(statements, root, &document.evaluation().names_of(root)),
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
        if !matches!(want, Want::Absent { ours: None }) || write.path != *path {
            break;
        }
    }
    if found.is_empty() {
        found.push(None);
    }
    found
}
