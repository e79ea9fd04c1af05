//! Code that is not followed: what it may change, and what it does that by.

use std::collections::BTreeSet;

use super::body::Reach;
use super::evaluate::Evaluator;
use super::evaluation::Effect;
use super::known::Unknown;
use super::parse::span_of;
use super::place::Place;
use super::reach::reach;
use super::unknown::Code;
use crate::text::Span;

impl Evaluator<'_> {
    /// Lists `node` as an effect on everything that it may change.
    pub(super) fn effect(&mut self, node: &impl Code) {
        let reach = reach(node, self.source, Some(&self.scope));
        self.list(node, reach);
    }

    /// Lists `node` as an effect, if evaluating it may change a variable.
    pub(super) fn act(&mut self, node: &impl Code) {
        if !self.source.mention(node).acts {
            return;
        }
        let reach = reach(node, self.source, Some(&self.scope));
        if reach.everything || !reach.places.is_empty() || !reach.lent.is_empty() {
            self.list(node, reach);
        }
    }

    /// Lists `node`, which writes to `place` of an object that may be frozen.
    pub(super) fn lock(&mut self, node: &impl Code, place: &Place) {
        let places = BTreeSet::from([place.clone()]);
        self.list(node, Reach { places, locks: true, ..Reach::default() });
    }

    /// Lists `node`, which sets `place` of an object that other variables hold too: they change along.
    pub(super) fn echo(&mut self, node: &impl Code, place: &Place) {
        let names = self.influence.closure(BTreeSet::from([place.root.clone()]));
        let others: BTreeSet<String> = names.into_iter().filter(|name| *name != place.root).collect();
        let read = self.unread(node);
        for name in &others {
            let taint = read.tainting(self.scope.tainted.remove(name), false);
            self.scope.tainted.insert(name.clone(), taint);
        }
        let (text, span) = (read.text.clone(), span_of(node));
        let names = others.iter().cloned().collect();
        let reach = Reach::default();
        self.effects.push(Effect { span, text, names, reach, shared: others, read, is_echo: true });
    }

    /// Lists `node`, which gives the list at `place` a member that is no item.
    pub(super) fn lend(&mut self, node: &impl Code, place: &Place) {
        self.list(node, Reach::lending(std::iter::once(place.clone())));
    }

    fn list(&mut self, node: &impl Code, reach: Reach) {
        let read = self.unread(node);
        let roots = self.roots(node);
        for place in reach.places.iter().chain(&reach.lent).filter(|place| place.root != self.root) {
            self.sources.entry(place.root.clone()).or_default().extend(roots.iter().cloned());
        }
        self.affect(span_of(node), read, reach);
    }

    /// Lists an effect. Nothing is derived from the variables it names from now on.
    pub(super) fn affect(&mut self, span: Span, read: Unknown, reach: Reach) {
        let mut names: BTreeSet<String> = BTreeSet::new();
        if reach.everything {
            names.extend(self.scope.variables.keys().cloned());
        }
        names.extend(reach.places.iter().chain(&reach.lent).map(|place| place.root.clone()));
        let direct = names.clone();
        let names = self.influence.closure(names);
        for name in &names {
            let before = self.scope.tainted.remove(name);
            let is_lent = reach.places.iter().all(|place| place.root != *name) && !reach.everything;
            let taint = read.tainting(before, is_lent && direct.contains(name));
            self.scope.tainted.insert(name.clone(), taint);
        }
        let shared: BTreeSet<String> = names.difference(&direct).cloned().collect();
        self.effects.push(Effect {
            span,
            text: read.text.clone(),
            names: names.into_iter().collect(),
            reach,
            shared,
            read,
            is_echo: false,
        });
    }
}
