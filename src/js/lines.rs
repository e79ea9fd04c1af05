//! On which line a key gets its value, and what is written for nothing.
//!
//! Only what the tree shows plainly is told: a write in an `if`, or one whose value is computed, is left out.

use std::collections::BTreeSet;

use swc_ecma_ast::Expr;

use super::document::{Document, as_object, literal_known};
use super::known::Known;
use super::object::{Kind, Object};
use super::parse::span_of;
use super::writes::{Write, writes};
use crate::value::KeyPath;

/// A value that a literal gives a key, and that a statement after the literal replaces.
#[derive(Clone, Debug, PartialEq)]
pub struct Overridden {
    /// The key.
    pub at: KeyPath,
    /// The value in the literal.
    pub written: Known,
    /// The line of the statement that replaces it, from 1; the last one, where there are several.
    pub line: usize,
}

impl Document {
    /// The line, from 1, on which the root's key `at` is given its value, or the root itself; none if that is not
    /// written there plainly.
    #[must_use]
    pub fn line(&self, at: &KeyPath) -> Option<usize> {
        self.root_writes().iter().rev().find_map(|write| match at.below(&write.path)? {
            [] => Some(self.line_of(write.statement.start)),
            below => self.member(write.value, below).map(|(line, _)| line),
        })
    }

    /// The line, from 1, of a statement that gives the root a whole new object, without all that an object before it
    /// had.
    #[must_use]
    pub fn redeclared(&self) -> Option<usize> {
        let found = self.root_writes();
        let whole = found.iter().filter(|write| write.path.is_root() && write.plain && !write.conditional);
        let objects: Vec<_> = whole.filter_map(|write| Some((write, as_object(write.value)?))).collect();
        objects.windows(2).find_map(|pair| {
            let [(_, before), (write, after)] = pair else { return None };
            let (before, after) = (Object::of(before), Object::of(after));
            let loses = |name: &str| after.last(name).is_none();
            let is_lost = before.members.iter().filter_map(|member| member.name.as_deref()).any(loses);
            (is_lost && after.last_open().is_none()).then(|| self.line_of(write.statement.start))
        })
    }

    /// The members of the root's literal that a later statement replaces.
    #[must_use]
    pub fn overridden(&self) -> Vec<Overridden> {
        let found = self.root_writes();
        let Some(last) = found.iter().rposition(|write| write.path.is_root()) else { return Vec::new() };
        let (before, later) = found.split_at(last + 1);
        let Some(literal) = before.last() else { return Vec::new() };
        let mut seen = BTreeSet::new();
        let simple = later.iter().rev().filter(|write| write.plain && !write.conditional);
        let first = simple.filter(|write| seen.insert(&write.path));
        first
            .filter_map(|write| {
                let (_, value) = self.member(literal.value, write.path.segments())?;
                let written = literal_known(self.source(span_of(value?)))?;
                Some(Overridden {
                    at: write.path.clone(),
                    written,
                    line: self.line_of(write.statement.start),
                })
            })
            .collect()
    }

    fn root_writes(&self) -> Vec<Write<'_>> {
        self.root().map(|root| writes(self.statements(), root).0).unwrap_or_default()
    }

    /// The line and the value of the member at `path` below the literal `value`.
    fn member<'t>(&self, value: &'t Expr, path: &[String]) -> Option<(usize, Option<&'t Expr>)> {
        let (name, below) = path.split_first()?;
        let object = Object::of(as_object(value)?);
        let member = object.members.iter().rfind(|member| member.name.as_ref() == Some(name))?;
        let value = if let Kind::Pair(value) = member.kind { Some(value) } else { None };
        if below.is_empty() {
            Some((self.line_of(member.span.start), value))
        } else {
            self.member(value?, below)
        }
    }
}
