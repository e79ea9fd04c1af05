//! Values that are not known, and the names that code may reach.

use std::collections::BTreeSet;

use swc_common::Spanned;
use swc_ecma_ast::{Expr, ObjectLit, Prop, PropOrSpread};
use swc_ecma_visit::VisitWith;

use super::body::Body;
use super::builtin::{self, is_harmless};
use super::evaluate::Evaluator;
use super::known::{Known, Unknown};
use super::mention::{Collector, Mention};
use super::parse::span_of;
use super::place::Place;
use super::reach::{Walk, reach};

/// Code that can be asked what it mentions.
pub(super) trait Code:
    Spanned + for<'c> VisitWith<Collector<'c>> + for<'c> VisitWith<Walk<'c>>
{
}

impl<N: Spanned + for<'c> VisitWith<Collector<'c>> + for<'c> VisitWith<Walk<'c>>> Code for N {}

impl Evaluator<'_> {
    /// The unknown value of the code `node`.
    pub(super) fn unknown(&mut self, node: &impl Code) -> Known {
        self.unread(node).into()
    }

    /// The unknown value of `expr`; a function reads nothing before it is called.
    pub(super) fn unknown_expression(&mut self, expr: &Expr) -> Known {
        match expr {
            Expr::Paren(inner) => self.unknown_expression(&inner.expr),
            Expr::Fn(_) | Expr::Arrow(_) => self.function(expr),
            _ => self.unread(expr).primitive(self.is_primitive(expr)).into(),
        }
    }

    /// The function `node`.
    pub(super) fn function(&mut self, node: &impl Code) -> Known {
        let mention = self.source.mention(node);
        let text = self.source.spelling(node, &mention);
        let body = Body { places: mention.places, reach: reach(node, self.source, None) };
        Unknown::new(text, Vec::new(), span_of(node)).function(body).into()
    }

    /// The unknown value of `node` with all that it reads.
    pub(super) fn unread(&mut self, node: &impl Code) -> Unknown {
        let mention = self.source.mention(node);
        let text = self.source.spelling(node, &mention);
        let reads = self.reads(&mention.places);
        Unknown::new(text, reads, span_of(node))
    }

    /// The variables that code mentions, or that its functions do.
    pub(super) fn names(&mut self, mention: &Mention) -> BTreeSet<String> {
        let mut names = BTreeSet::new();
        if mention.everything {
            names.extend(self.scope.variables.keys().cloned());
        }
        for place in &mention.places {
            let foreign = !self.scope.variables.contains_key(&place.root);
            if !(foreign && is_harmless(&place.root)) {
                names.insert(place.root.clone());
                names.extend(self.scope.mentioned(place).into_iter().map(|place| place.root));
            }
        }
        names
    }

    /// Notes that `target` now holds what `value` gives, which other places may hold too.
    pub(super) fn link(&mut self, target: &Place, value: &Expr) {
        match value {
            Expr::Lit(_) | Expr::Tpl(_) | Expr::Unary(_) | Expr::Update(_) => {}
            _ if builtin::gives_new(value) => {}
            Expr::Call(call) if let Some(object) = builtin::freezes(call) => {
                self.frozen.insert(target.root.clone());
                self.link(target, object);
            }
            Expr::Paren(inner) => self.link(target, &inner.expr),
            Expr::Object(object) => self.link_members(target, object),
            Expr::Array(array) => {
                // Behind a spread nobody knows the index.
                let plain = array.elems.iter().flatten().all(|element| element.spread.is_none());
                for (index, element) in array.elems.iter().enumerate() {
                    let Some(element) = element else { continue };
                    let below = if plain { target.child(&index.to_string()) } else { target.clone() };
                    self.link(&below, &element.expr);
                }
            }
            Expr::Fn(_) | Expr::Arrow(_) => self.link_body(target, value),
            Expr::Bin(binary) if !binary.op.may_short_circuit() => {}
            _ => self.link_mentioned(target, value),
        }
    }

    /// Notes what can be changed by calling the functions in `known`.
    pub(super) fn connect(&mut self, target: &Place, known: &Known) {
        if let Known::Unknown(unknown) = known {
            for place in unknown.body().iter().flat_map(|body| &body.places) {
                self.influence.reach(&target.root, &place.root);
            }
        }
    }

    /// Whether `expr` certainly gives no object.
    fn is_primitive(&self, expr: &Expr) -> bool {
        let mut open = vec![expr];
        while let Some(expr) = open.pop() {
            let primitive = match expr {
                Expr::Lit(swc_ecma_ast::Lit::Regex(_)) => false,
                Expr::Bin(binary) if binary.op.may_short_circuit() => {
                    open.extend([&*binary.left, &*binary.right]);
                    true
                }
                Expr::Lit(_) | Expr::Tpl(_) | Expr::Update(_) | Expr::Unary(_) | Expr::Bin(_) => true,
                Expr::Call(call) if builtin::asks_presence(call) => true,
                Expr::Paren(inner) => {
                    open.push(&inner.expr);
                    true
                }
                Expr::Cond(either) => {
                    open.extend([&*either.cons, &*either.alt]);
                    true
                }
                other => self.source.place(other).is_some_and(|place| self.holds_primitive(&place)),
            };
            if !primitive {
                return false;
            }
        }
        true
    }

    /// Whether the whole of `place` has a value, and that is no object.
    fn holds_primitive(&self, place: &Place) -> bool {
        let whole = |count: usize| count == place.keys.len();
        self.scope.is_primitive(place) && self.scope.deepest(place).is_some_and(|(count, _)| whole(count))
    }

    /// The value of everything that `places` name, and of what the functions among it name.
    pub(super) fn reads(&mut self, places: &[Place]) -> Vec<(String, Known)> {
        let mut seen = BTreeSet::new();
        let mut reads = Vec::new();
        let (mut tainted, mut taints) = (BTreeSet::new(), Vec::new());
        let mut open: Vec<Place> = places.iter().rev().cloned().collect();
        while let Some(place) = open.pop() {
            if let Some(taint) = self.scope.tainted.get(&place.root)
                && tainted.insert(place.root.clone())
            {
                taints.push((place.root.clone(), taint.shallow()));
            }
            let Some((count, known)) = self.scope.deepest(&place) else { continue };
            let name = place.prefix(count);
            if !seen.insert(name.clone()) {
                continue;
            }
            if let Known::Unknown(unknown) = &*known
                && let Some(body) = unknown.body()
            {
                open.extend(body.places.iter().rev().cloned());
            }
            let known = if self.budget == 0 { Known::Undefined } else { known.shallow() };
            self.charge(Some(&known));
            reads.push((name, known));
        }
        reads.extend(taints);
        reads
    }

    fn link_members(&mut self, target: &Place, object: &ObjectLit) {
        for property in &object.props {
            match property {
                PropOrSpread::Prop(property) => match &**property {
                    Prop::KeyValue(member) if matches!(*member.value, Expr::Lit(_)) => {}
                    Prop::KeyValue(member) => {
                        let key = self.source.property_key(&member.key);
                        let below = key.map_or_else(|| target.clone(), |key| target.child(&key));
                        self.link(&below, &member.value);
                    }
                    Prop::Shorthand(name) => self.link_mentioned(&target.child(name.sym.as_str()), name),
                    other => self.link_body(target, other),
                },
                PropOrSpread::Spread(spread) => self.link_mentioned(target, spread),
            }
        }
    }

    /// A function shares nothing, but whoever gets hold of it may call it.
    fn link_body(&mut self, target: &Place, node: &impl Code) {
        for place in self.source.mention(node).places {
            self.influence.reach(&target.root, &place.root);
        }
    }

    fn link_mentioned(&mut self, target: &Place, node: &impl Code) {
        for place in self.source.mention(node).places {
            let bodies = self.scope.mentioned(&place);
            // What a function gives may be anything that it mentions, but hardly itself.
            if bodies.is_empty()
                || !matches!(self.scope.deepest(&place), Some((_, known)) if known.is_function())
            {
                self.link_place(target, &place);
            }
            for inner in &bodies {
                self.link_place(target, inner);
            }
        }
    }

    /// Notes that `target` may now hold the object at `place`.
    pub(super) fn link_place(&mut self, target: &Place, place: &Place) {
        let same = place.root == target.root && place.keys == target.keys;
        let harmless = is_harmless(&place.root) || self.scope.is_primitive(place);
        if !same && !harmless {
            let ours = self.scope.variables.contains_key(&place.root);
            self.influence.share(target, place, ours);
        }
    }
}
