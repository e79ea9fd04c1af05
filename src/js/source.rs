//! What the text of an expression tells: which place it is, and which key it gives.

use swc_ecma_ast::{AssignTarget, Expr, Lit, MemberExpr, MemberProp, PropName, SimpleAssignTarget};

use super::alias::Aliases;
use super::operator::number_text;
use super::parse::span_of;
use super::place::Place;
use crate::text::Span;

/// Paths with more keys than any file has are not followed.
const LONGEST_PATH: usize = 256;

/// The names of the global object.
pub(super) const GLOBAL: [&str; 4] = ["window", "self", "globalThis", "this"];

/// The text that a tree was read from.
#[derive(Clone, Copy)]
pub(super) struct Source<'a> {
    /// The original text, markers in place.
    pub(super) text: &'a str,
    /// Where server-side-include markers are: the tree sees underscores there.
    pub(super) markers: &'a [Span],
    /// Names that always stand for a place.
    pub(super) aliases: &'a Aliases,
}

impl Source<'_> {
    /// Whether a marker hides part of `span`.
    pub(super) fn hides(&self, span: Span) -> bool {
        let at = self.markers.partition_point(|marker| marker.end <= span.start);
        self.markers.get(at).is_some_and(|marker| marker.start < span.end)
    }

    /// The place that `expr` is, if it is one.
    pub(super) fn place(&self, expr: &Expr) -> Option<Place> {
        self.place_unresolved(expr).map(|place| self.resolved(place))
    }

    /// The place that `expr` is where it is given a value: a name that stands for a place is itself meant then.
    pub(super) fn written(&self, expr: &Expr) -> Option<Place> {
        let place = self.place_unresolved(expr)?;
        Some(if place.keys.is_empty() { place } else { self.resolved(place) })
    }

    /// `place`, told without the names that stand for others.
    pub(super) fn resolved(&self, place: Place) -> Place {
        match self.aliases.get(&place.root) {
            Some(alias) if !(place.global && alias.is_lexical) => {
                let keys = alias.target.keys.iter().cloned().chain(place.keys).collect();
                Place { keys, ..alias.target.clone() }
            }
            _ => place,
        }
    }

    /// As `place`, in the words of the script.
    pub(super) fn place_unresolved(&self, expr: &Expr) -> Option<Place> {
        let mut keys = Vec::new();
        let mut at = expr;
        let root = loop {
            match at {
                Expr::Paren(inner) => at = &inner.expr,
                Expr::Member(member) if keys.len() < LONGEST_PATH => {
                    keys.push(self.key(&member.prop)?);
                    at = &member.obj;
                }
                Expr::Ident(name) if !self.hides(span_of(name)) => break name.sym.as_str(),
                Expr::This(_) => break "this",
                _ => return None,
            }
        };
        Some(placed(root, keys))
    }

    /// The place that `member` is, if it is one.
    pub(super) fn member_place(&self, member: &MemberExpr) -> Option<Place> {
        self.member_place_unresolved(member).map(|place| self.resolved(place))
    }

    fn member_place_unresolved(&self, member: &MemberExpr) -> Option<Place> {
        let above = self.place_unresolved(&member.obj)?;
        let mut keys = above.keys;
        if keys.is_empty() && GLOBAL.contains(&above.root.as_str()) {
            return Some(placed(&above.root, vec![self.key(&member.prop)?]));
        }
        keys.push(self.key(&member.prop)?);
        Some(Place { keys, ..above })
    }

    /// The place that an assignment writes to.
    pub(super) fn target(&self, target: &AssignTarget) -> Option<Place> {
        let AssignTarget::Simple(target) = target else { return None };
        match target {
            SimpleAssignTarget::Ident(name) if !self.hides(span_of(name)) => {
                Some(Place::variable(name.id.sym.as_str()))
            }
            SimpleAssignTarget::Member(member) => {
                let place = self.member_place_unresolved(member)?;
                Some(if place.keys.is_empty() { place } else { self.resolved(place) })
            }
            SimpleAssignTarget::Paren(inner) => self.written(&inner.expr),
            _ => None,
        }
    }

    /// The key that `expr` gives, if it is a literal.
    pub(super) fn literal_key(&self, expr: &Expr) -> Option<String> {
        match expr {
            Expr::Paren(inner) => self.literal_key(&inner.expr),
            Expr::Lit(Lit::Str(text)) if !self.hides(span_of(text)) => text.value.as_str().map(str::to_owned),
            Expr::Lit(Lit::Num(number)) => Some(number_text(number.value)),
            _ => None,
        }
    }

    /// The name of a property, if it is written down.
    pub(super) fn property_key(&self, key: &PropName) -> Option<String> {
        match key {
            PropName::Ident(name) if !self.hides(span_of(name)) => Some(name.sym.to_string()),
            PropName::Str(text) if !self.hides(span_of(text)) => text.value.as_str().map(str::to_owned),
            PropName::Num(number) => Some(number_text(number.value)),
            PropName::Computed(computed) => self.literal_key(&computed.expr),
            _ => None,
        }
    }

    fn key(&self, key: &MemberProp) -> Option<String> {
        match key {
            MemberProp::Ident(name) if !self.hides(span_of(name)) => Some(name.sym.to_string()),
            MemberProp::Computed(computed) => self.literal_key(&computed.expr),
            _ => None,
        }
    }
}

/// `keys`, innermost first, below `root`; `window.x` is the variable `x`.
fn placed(root: &str, mut keys: Vec<String>) -> Place {
    let mut root = root.to_owned();
    let mut global = false;
    while GLOBAL.contains(&root.as_str())
        && let Some(name) = keys.pop()
    {
        root = name;
        global = true;
    }
    keys.reverse();
    Place { root, keys, global }
}
