//! Assignments: where they write to, and what else changes with that.

use swc_ecma_ast::{AssignExpr, AssignOp, BinaryOp, Expr, MemberProp, SimpleAssignTarget};

use super::builtin;
use super::evaluate::Evaluator;
use super::evaluation::Throw;
use super::expression::{Outcome, takes_right};
use super::known::Known;
use super::lookup::Found;
use super::operator;
use super::parse::span_of;
use super::place::Place;
use super::scope::Written;
use super::unknown::Code;

impl Evaluator<'_> {
    /// Carries out an assignment; gives its value if that is `wanted`.
    pub(super) fn assign(&mut self, assignment: &AssignExpr, wanted: bool) -> Outcome {
        let Some(place) = self.target(assignment)? else {
            self.effect(assignment);
            return Ok(None);
        };
        if place.keys.is_empty() && self.source.aliases.contains_key(&place.root) {
            let known = self.known(&assignment.right)?;
            self.named.insert(place.root);
            return Ok(known);
        }
        if self.is_tangled(&place, assignment)? {
            self.effect(assignment);
            return Ok(None);
        }
        if self.only_guards(&place, assignment) {
            return self.look(&place, span_of(assignment));
        }
        let known = match assignment.op.to_update() {
            None => self.value(&assignment.right)?,
            Some(operator) => match self.update_of(&place, operator, assignment)? {
                Some(known) => known,
                None => return self.look(&place, span_of(assignment)),
            },
        };
        let object = !known.is_primitive();
        if object {
            self.link(&place, &assignment.right);
            self.connect(&place, &known);
        }
        let value = wanted.then(|| known.clone());
        self.charge(value.as_ref());
        let followed = self.store(&place, known, assignment)?;
        if object && self.encloses(&place, &assignment.right) {
            self.effect(assignment);
            return Ok(None);
        }
        Ok(value.filter(|_| followed))
    }

    /// What `assignment` writes to; a key between brackets may be computed.
    fn target(&mut self, assignment: &AssignExpr) -> Result<Option<Place>, Throw> {
        let written = self.source.target(&assignment.left);
        if written.is_some() {
            return Ok(written);
        }
        let Some(SimpleAssignTarget::Member(member)) = assignment.left.as_simple() else { return Ok(None) };
        let MemberProp::Computed(computed) = &member.prop else { return Ok(None) };
        let Some(object) = self.source.place(&member.obj) else { return Ok(None) };
        let plain = matches!(&*computed.expr, Expr::Ident(_) | Expr::Member(_) | Expr::Tpl(_) | Expr::Bin(_));
        let global = ["window", "self", "globalThis", "this"].contains(&object.root.as_str());
        if !plain || (global && object.keys.is_empty()) || self.source.mention(&*computed.expr).acts {
            return Ok(None);
        }
        let key = self.known(&computed.expr)?.as_ref().and_then(operator::text);
        Ok(key.map(|key| object.child(&key)))
    }

    /// Whether this is `a = a || {}` with an `a` that cannot be told: what was there stays, or an empty object comes,
    /// and neither can be told from the outside.
    fn only_guards(&self, place: &Place, assignment: &AssignExpr) -> bool {
        let Expr::Bin(or) = &*assignment.right else { return false };
        let is_empty = matches!(&*or.right, Expr::Object(object) if object.props.is_empty());
        let is_unknown = match self.scope.look(place) {
            Found::Here(known) => operator::truth(&known).is_none(),
            Found::Hidden => true,
            Found::Fails(_) => false,
        };
        assignment.op == AssignOp::Assign
            && or.op == BinaryOp::LogicalOr
            && is_empty
            && is_unknown
            && self.source.place(&or.left).as_ref() == Some(place)
    }

    /// Whether the right side may change where the left side leads, which is settled before.
    fn is_tangled(&self, place: &Place, assignment: &AssignExpr) -> Result<bool, Throw> {
        let Some((_, above)) = place.keys.split_last() else { return Ok(false) };
        let parent = Place { keys: above.to_vec(), ..place.clone() };
        if let Found::Fails(message) = self.scope.look(&parent) {
            return Err(Throw { span: span_of(assignment), message });
        }
        if matches!(*assignment.right, Expr::Lit(_) | Expr::Fn(_) | Expr::Arrow(_)) {
            return Ok(false);
        }
        let right = self.source.mention(&*assignment.right);
        Ok(right.acts && right.defines && right.places.iter().any(|other| other.root == place.root))
    }

    /// What `place operator= right` sets; none if it leaves the place alone.
    fn update_of(&mut self, place: &Place, operator: BinaryOp, assignment: &AssignExpr) -> Outcome {
        let current = self.look(place, span_of(assignment))?;
        let right = &assignment.right;
        let known = match (operator, current) {
            (BinaryOp::LogicalOr | BinaryOp::LogicalAnd | BinaryOp::NullishCoalescing, current) => {
                match current.as_ref().and_then(|current| takes_right(operator, current)) {
                    Some(true) => return self.value(right).map(Some),
                    Some(false) => return Ok(None),
                    None => {
                        self.act(&**right);
                        None
                    }
                }
            }
            (_, current) => {
                let right = self.known(right)?;
                current.zip(right).and_then(|(current, right)| operator::binary(operator, &current, &right))
            }
        };
        let primitive = !operator.may_short_circuit();
        Ok(Some(known.unwrap_or_else(|| self.unread(assignment).primitive(primitive).into())))
    }

    /// Sets `place` on behalf of `node`; tells whether that is all that happens.
    pub(super) fn store(&mut self, place: &Place, known: Known, node: &impl Code) -> Result<bool, Throw> {
        self.note_store(place, node, span_of(node));
        if !place.keys.is_empty() && self.frozen.contains(&place.root) {
            self.lock(node, place);
            return Ok(false);
        }
        if self.scope.names_in_list(place) {
            self.lend(node, place);
            return Ok(false);
        }
        match self.scope.store(place, known) {
            Written::Fails(message) => Err(Throw { span: span_of(node), message }),
            Written::Done if !self.influence.is_shared(place) => Ok(true),
            Written::Done if self.influence.is_shared_whole(place) => {
                self.echo(node, place);
                Ok(true)
            }
            Written::Done | Written::Strange => {
                self.effect(node);
                Ok(false)
            }
        }
    }

    /// Whether `right` may give an object that `place` is a part of: then the object holds itself.
    fn encloses(&self, place: &Place, right: &Expr) -> bool {
        let functions_only = matches!(right, Expr::Fn(_) | Expr::Arrow(_)) || builtin::gives_new(right);
        let around = |other: &Place| {
            let above = place.keys.len() > other.keys.len() && place.keys.starts_with(&other.keys);
            place.root == other.root && above && !self.scope.is_primitive(other)
        };
        !place.keys.is_empty() && !functions_only && self.source.mention(right).places.iter().any(around)
    }
}
