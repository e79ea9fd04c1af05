//! Calls: the functions of the language that are understood, and all others.

use std::collections::BTreeSet;

use swc_ecma_ast::{CallExpr, Callee, Expr, MemberProp};

use super::builtin;
use super::evaluate::Evaluator;
use super::evaluation::{Store, Throw};
use super::expression::Outcome;
use super::known::Known;
use super::lookup;
use super::operator;
use super::parse::span_of;
use super::place::Place;
use super::unknown::Code;
use crate::text::Span;

impl Evaluator<'_> {
    /// A call.
    pub(super) fn called(&mut self, call: &CallExpr, whole: &Expr) -> Outcome {
        if let Some((object, key)) = builtin::presence(call) {
            let object = self.known(object)?;
            let key = self.known(key)?.as_ref().and_then(operator::text);
            if let Some((object, key)) = object.zip(key)
                && let Some(is_there) = lookup::has_own(&object, &key)
            {
                return Ok(Some(Known::Bool(is_there)));
            }
            if !builtin::asks_presence(call) {
                self.act(whole);
            }
            return Ok(None);
        }
        if let Some(object) = builtin::freezes(call)
            && !self.scope.variables.contains_key("Object")
        {
            if let Some(place) = self.source.place(object) {
                let names = self.influence.closure(BTreeSet::from([place.root]));
                self.frozen.extend(names);
            }
            return self.known(object);
        }
        match &call.callee {
            Callee::Expr(callee) if is_assign(callee) && !self.scope.variables.contains_key("Object") => {
                self.assigned(call, whole)
            }
            Callee::Expr(callee) => self.call(callee, whole),
            _ => self.call(whole, whole),
        }
    }

    /// `Object.assign(target, …)`.
    fn assigned(&mut self, call: &CallExpr, whole: &Expr) -> Outcome {
        let Some((target, sources)) = call.args.split_first() else { return self.call(whole, whole) };
        let mut members = Vec::new();
        let plain = call.args.iter().all(|argument| argument.spread.is_none());
        for source in sources {
            match self.known(&source.expr)? {
                Some(known @ Known::Object(_)) if plain && !known.runs_code(0) => {
                    let Known::Object(listed) = known else { continue };
                    members.extend(listed);
                }
                Some(Known::Undefined | Known::Null | Known::Bool(_) | Known::Number(_)) if plain => {}
                _ => {
                    self.merge_unknown(call, whole);
                    return Ok(None);
                }
            }
        }
        if let Expr::Object(_) = &*target.expr {
            let Some(Known::Object(own)) = self.known(&target.expr)? else { return Ok(None) };
            let known = Known::Object(own.into_iter().chain(members).collect());
            return Ok(Some(known).filter(|known| !known.runs_code(0)));
        }
        let there = self.known(&target.expr)?;
        if there.as_ref().and_then(operator::nullish) == Some(true) {
            let message = "nothing can be assigned to members of what is no object".to_owned();
            return Err(Throw { span: span_of(whole), message });
        }
        let Some(place) =
            self.source.place(&target.expr).filter(|_| !there.as_ref().is_some_and(Known::is_primitive))
        else {
            self.act(whole);
            return Ok(None);
        };
        for (key, known) in members {
            let member = place.child(&key);
            let linked = !known.is_primitive();
            self.store(&member, known, whole)?;
            if linked {
                for source in sources {
                    self.link(&place, &source.expr);
                }
            }
        }
        Ok(None)
    }

    /// `Object.assign(target, …)` of something that is not known. What comes from elsewhere is as good as code from there.
    fn merge_unknown(&mut self, call: &CallExpr, whole: &Expr) {
        let sources = call.args.iter().skip(1);
        let foreign = |place: &Place| !self.scope.variables.contains_key(&place.root);
        let all_foreign =
            sources.flat_map(|one| self.source.mention(&*one.expr).places).all(|place| foreign(&place));
        let target = call.args.first().and_then(|target| self.source.place(&target.expr));
        match target.filter(|_| all_foreign && !self.source.mention(whole).defines) {
            Some(place) => self.lend(whole, &place),
            None => self.act(whole),
        }
    }

    /// The call `whole` of the function `callee`.
    pub(super) fn call(&mut self, callee: &Expr, whole: &Expr) -> Outcome {
        let Some(place) = self.source.place(callee) else {
            self.act(whole);
            return Ok(None);
        };
        match self.look(&place, span_of(whole))? {
            Some(Known::Unknown(unknown)) if unknown.is_accessor() => self.effect(whole),
            Some(known @ Known::Unknown(_)) if known.is_primitive() => self.effect(whole),
            None | Some(Known::Unknown(_) | Known::Open(_)) => self.act(whole),
            Some(known) => {
                let message = format!("`{place}` is {known} and cannot be called");
                return Err(Throw { span: span_of(whole), message });
            }
        }
        Ok(None)
    }

    /// `key in object`.
    pub(super) fn presence(&mut self, key: &Expr, object: &Expr) -> Outcome {
        let key = self.known(key)?.as_ref().and_then(operator::text);
        let Some(known) = self.known(object)? else { return Ok(None) };
        if known.is_primitive() && !matches!(known, Known::Unknown(_)) {
            let message = format!("{known} is no object, so it has no members");
            return Err(Throw { span: span_of(object), message });
        }
        let Some(key) = key else { return Ok(None) };
        // What all objects inherit is there as well.
        let is_inherited = matches!(&known, Known::Object(_)) && lookup::is_inherited(&key);
        let is_there = if is_inherited { Some(true) } else { lookup::has_own(&known, &key) };
        Ok(is_there.map(Known::Bool))
    }

    /// Notes that `place` was given what `value` gives, by the code at `span`.
    pub(super) fn note_store(&mut self, place: &Place, value: &impl Code, span: Span) {
        if place.root != self.root {
            let roots = self.roots(value);
            self.sources.entry(place.root.clone()).or_default().extend(roots);
        }
        self.log(place, span);
    }

    /// Notes that the code at `span` gave `place` another value.
    pub(super) fn log(&mut self, place: &Place, span: Span) {
        let (effects, is_conditional) = (self.effects.len(), self.forks > 0);
        self.stores.push(Store { place: place.clone(), span, effects, is_conditional });
    }

    /// The variables that `node` mentions, itself or in the functions it names.
    pub(super) fn roots(&self, node: &impl Code) -> BTreeSet<String> {
        let places = self.source.mention(node).places;
        let inner: Vec<Place> = places.iter().flat_map(|place| self.scope.mentioned(place)).collect();
        places.into_iter().chain(inner).map(|place| place.root).collect()
    }
}

fn is_assign(callee: &Expr) -> bool {
    let Expr::Member(member) = callee else { return false };
    let is_object = matches!(&*member.obj, Expr::Ident(name) if name.sym == *"Object");
    is_object && matches!(&member.prop, MemberProp::Ident(name) if name.sym == *"assign")
}
