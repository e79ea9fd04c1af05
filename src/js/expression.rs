//! The value of expressions.

use swc_ecma_ast::{
    ArrayLit, BinExpr, BinaryOp, CondExpr, Expr, Lit, MemberExpr, MemberProp, Tpl, UnaryExpr, UnaryOp,
    UpdateExpr, UpdateOp,
};

use super::evaluate::Evaluator;
use super::evaluation::Throw;
use super::known::Known;
use super::lookup::{Found, member};
use super::operator;
use super::parse::span_of;
use super::place::Place;
use super::scope::Written;
use crate::text::Span;

/// The value of an expression; none if it is not known, and nobody wrote down yet how it comes about.
pub(super) type Outcome = Result<Option<Known>, Throw>;

impl Evaluator<'_> {
    /// The value of `expr`, unknown if need be.
    pub(super) fn value(&mut self, expr: &Expr) -> Result<Known, Throw> {
        Ok(match self.known(expr)? {
            Some(known) => known,
            None => self.unknown_expression(expr),
        })
    }

    /// The value of `expr`, if it is known. What evaluating it does is done.
    pub(super) fn known(&mut self, expr: &Expr) -> Outcome {
        match expr {
            Expr::Lit(literal) => Ok(self.literal(literal)),
            Expr::Paren(inner) => self.known(&inner.expr),
            Expr::Seq(sequence) => sequence.exprs.iter().try_fold(None, |_, expr| self.known(expr)),
            Expr::Array(array) => self.array(array),
            Expr::Object(object) => self.object(object).map(Some),
            Expr::Tpl(template) => self.template(template),
            Expr::Unary(unary) => self.unary(unary),
            Expr::Bin(binary) => self.chain(binary),
            Expr::Cond(condition) => self.condition(condition),
            Expr::Assign(assignment) => self.assign(assignment, true),
            Expr::Update(update) => self.update(update),
            Expr::Ident(_) | Expr::This(_) => self.read(expr),
            Expr::Member(member) => match self.source.place(expr) {
                Some(_) => self.read(expr),
                None => self.member(member),
            },
            Expr::Call(call) => self.called(call, expr),
            Expr::New(new) => self.call(&new.callee, expr),
            Expr::TaggedTpl(tagged) => self.call(&tagged.tag, expr),
            Expr::Fn(_) | Expr::Arrow(_) => Ok(None),
            other => {
                self.act(other);
                Ok(None)
            }
        }
    }

    fn literal(&self, literal: &Lit) -> Option<Known> {
        match literal {
            Lit::Str(text) if self.source.hides(span_of(text)) => None,
            Lit::Str(text) => text.value.as_str().map(|text| Known::String(text.to_owned())),
            Lit::Bool(flag) => Some(Known::Bool(flag.value)),
            Lit::Null(_) => Some(Known::Null),
            Lit::Num(number) => Some(Known::Number(number.value)),
            _ => None,
        }
    }

    fn array(&mut self, array: &ArrayLit) -> Outcome {
        let mut items = Some(Vec::with_capacity(array.elems.len()));
        for element in &array.elems {
            let Some(element) = element else {
                if let Some(items) = &mut items {
                    items.push(Known::Undefined);
                }
                continue;
            };
            let known = self.value(&element.expr)?;
            match (&mut items, element.spread, known) {
                (Some(items), None, known) => items.push(known),
                (Some(items), Some(_), Known::Array(spread)) => items.extend(spread),
                (Some(items), Some(_), Known::String(text)) => {
                    items.extend(text.chars().map(|letter| Known::String(letter.to_string())));
                }
                (_, Some(_), known) if known.runs_code(0) => {
                    self.effect(array);
                    items = None;
                }
                _ => items = None,
            }
        }
        Ok(items.map(Known::Array))
    }

    fn template(&mut self, template: &Tpl) -> Outcome {
        let mut whole = Some(String::new());
        let mut parts = template.exprs.iter();
        for text in &template.quasis {
            let hidden = self.source.hides(span_of(text));
            let text = text.cooked.as_ref().and_then(|text| text.as_str()).filter(|_| !hidden);
            whole = whole.zip(text).map(|(whole, text)| whole + text);
            if let Some(part) = parts.next() {
                let known = self.known(part)?;
                if known.as_ref().is_some_and(Known::converts) {
                    self.effect(template);
                }
                let part = known.as_ref().and_then(operator::text);
                whole = whole.zip(part).map(|(whole, part)| whole + &part);
            }
        }
        Ok(whole.map(Known::String))
    }

    fn unary(&mut self, unary: &UnaryExpr) -> Outcome {
        match unary.op {
            UnaryOp::Delete => self.delete(unary),
            // `typeof` is the one way to read a variable that is not there.
            UnaryOp::Void => self.known(&unary.arg).map(|_| Some(Known::Undefined)),
            operator => {
                let known = self.known(&unary.arg)?;
                if known.as_ref().is_some_and(Known::converts) && operator != UnaryOp::Bang {
                    self.effect(unary);
                    return Ok(None);
                }
                Ok(known.and_then(|known| operator::unary(operator, &known)))
            }
        }
    }

    fn delete(&mut self, unary: &UnaryExpr) -> Outcome {
        let Some(place) = self.source.place(&unary.arg).filter(|place| !place.keys.is_empty()) else {
            self.effect(unary);
            return Ok(None);
        };
        self.log(&place, span_of(unary));
        if self.frozen.contains(&place.root) {
            self.lock(unary, &place);
            return Ok(None);
        }
        match self.scope.remove(&place) {
            Written::Fails(message) => return Err(Throw { span: span_of(unary), message }),
            Written::Done if !self.influence.is_shared(&place) => {}
            _ => self.effect(unary),
        }
        Ok(Some(Known::Bool(true)))
    }

    /// A chain of binary operators, walked in a loop: it may be thousands of terms long.
    fn chain(&mut self, top: &BinExpr) -> Outcome {
        let mut links = vec![top];
        let mut at = top;
        while let Expr::Bin(left) = &*at.left {
            links.push(left);
            at = left;
        }
        let mut left = if at.op == BinaryOp::In {
            links.pop();
            self.presence(&at.left, &at.right)?
        } else {
            self.known(&at.left)?
        };
        let mut converts = false;
        for link in links.iter().rev() {
            let operand = !link.op.may_short_circuit() && left.as_ref().is_some_and(Known::converts);
            converts |= operand;
            left = self.combined(left, link.op, &link.right)?;
        }
        // An object that is no operand of its own turns itself into a value by code of the script.
        if converts || links.iter().any(|link| self.converts(link)) {
            self.effect(top);
            return Ok(None);
        }
        Ok(left)
    }

    /// Whether the right side of `link` runs code to become a value.
    fn converts(&self, link: &BinExpr) -> bool {
        let right = self.source.place(&link.right);
        !link.op.may_short_circuit()
            && right.and_then(|place| self.scope.deepest(&place)).is_some_and(|(_, known)| known.converts())
    }

    fn combined(&mut self, left: Option<Known>, operator: BinaryOp, right: &Expr) -> Outcome {
        if !operator.may_short_circuit() {
            let right = self.known(right)?;
            return Ok(left.zip(right).and_then(|(left, right)| operator::binary(operator, &left, &right)));
        }
        match left.as_ref().and_then(|left| takes_right(operator, left)) {
            Some(true) => self.known(right),
            Some(false) => Ok(left),
            None => {
                self.act(right);
                Ok(None)
            }
        }
    }

    fn condition(&mut self, condition: &CondExpr) -> Outcome {
        match self.known(&condition.test)?.as_ref().and_then(operator::truth) {
            Some(true) => self.known(&condition.cons),
            Some(false) => self.known(&condition.alt),
            None => {
                self.act(&*condition.cons);
                self.act(&*condition.alt);
                Ok(None)
            }
        }
    }

    fn update(&mut self, update: &UpdateExpr) -> Outcome {
        let Some(place) = self.source.written(&update.arg) else {
            self.effect(update);
            return Ok(None);
        };
        let before = self.look(&place, span_of(update))?.as_ref().and_then(operator::number);
        let step = if update.op == UpdateOp::PlusPlus { 1.0 } else { -1.0 };
        let after = before.map(|number| Known::Number(number + step));
        let set = after.clone().unwrap_or_else(|| self.unread(update).primitive(true).into());
        self.store(&place, set, update)?;
        Ok(if update.prefix { after } else { before.map(Known::Number) })
    }

    /// A variable or a static path.
    fn read(&mut self, expr: &Expr) -> Outcome {
        let Some(place) = self.source.place(expr) else { return Ok(None) };
        let known = self.look(&place, span_of(expr))?;
        if known.is_none() && self.scope.is_doubtful(&place) {
            self.effect(expr);
        }
        if let Some(Known::Unknown(unknown)) = &known
            && unknown.is_accessor()
        {
            self.effect(expr);
            return Ok(None);
        }
        Ok(known)
    }

    /// A member of something that is no static path.
    fn member(&mut self, access: &MemberExpr) -> Outcome {
        let object = self.known(&access.obj)?;
        let key = match &access.prop {
            MemberProp::Ident(name) => Some(name.sym.to_string()),
            MemberProp::Computed(computed) => self.known(&computed.expr)?.as_ref().and_then(operator::text),
            MemberProp::PrivateName(_) => None,
        };
        let hidden = self.source.hides(span_of(&access.prop));
        let Some((object, key)) = object.zip(key).filter(|_| !hidden) else { return Ok(None) };
        match member(&object, &key) {
            Found::Here(known) if !matches!(*known, Known::Unknown(_)) => Ok(Some(known.into_owned())),
            Found::Here(_) => {
                self.effect(access);
                Ok(None)
            }
            Found::Hidden => Ok(None),
            Found::Fails(nothing) => {
                let message = format!("a member `{key}` of {nothing} cannot be read");
                Err(Throw { span: span_of(access), message })
            }
        }
    }

    /// What is at `place`.
    pub(super) fn look(&mut self, place: &Place, span: Span) -> Outcome {
        let known = match self.scope.look(place) {
            Found::Here(known) => known.into_owned(),
            Found::Hidden => return Ok(None),
            Found::Fails(message) => return Err(Throw { span, message }),
        };
        self.charge(Some(&known));
        Ok(if self.budget == 0 { None } else { Some(known) })
    }
}

/// Whether `left operator right` gives the right side.
pub(super) fn takes_right(operator: BinaryOp, left: &Known) -> Option<bool> {
    match operator {
        BinaryOp::LogicalAnd => operator::truth(left),
        BinaryOp::LogicalOr => operator::truth(left).map(|truth| !truth),
        _ => operator::nullish(left),
    }
}
