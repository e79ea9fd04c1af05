//! Destructuring: `var { a, b: c } = config`.

use swc_ecma_ast::{Expr, ObjectPat, ObjectPatProp, Pat, VarDeclKind, VarDeclarator};

use super::evaluate::Evaluator;
use super::evaluation::Throw;
use super::known::{Known, Unknown};
use super::operator;
use super::parse::span_of;
use super::place::Place;

/// A name that is given a member of a place, and what it is given where that is `undefined`.
type Part<'t> = (String, Place, Option<&'t Expr>);

impl Evaluator<'_> {
    /// Declares the names of a pattern. Of a pattern that does more than to name members each is unknown.
    pub(super) fn destructure(&mut self, kind: VarDeclKind, declarator: &VarDeclarator) -> Result<(), Throw> {
        let value = declarator.init.as_deref();
        if let Some(place) = value.and_then(|value| self.source.place(value))
            && let Pat::Object(pattern) = &declarator.name
            && let Some(parts) = parts(pattern, &place)
        {
            let whole = value.map_or(Ok(None), |value| self.known(value))?;
            if whole.as_ref().and_then(operator::nullish) == Some(true) {
                let message = format!("`{place}` has no members that could be named");
                return Err(Throw { span: span_of(declarator), message });
            }
            return parts.into_iter().try_for_each(|part| self.part(kind, declarator, part));
        }
        self.effect(declarator);
        for place in self.source.mention(&declarator.name).places {
            let whole = self.unknown(declarator);
            self.enliven(kind, &place.root);
            self.scope.declare(&place.root, whole);
            if let Some(value) = value {
                self.link(&place, value);
                self.note_store(&place, value, span_of(declarator));
            }
        }
        Ok(())
    }

    fn part(&mut self, kind: VarDeclKind, whole: &VarDeclarator, part: Part<'_>) -> Result<(), Throw> {
        let (name, place, default) = part;
        self.enliven(kind, &name);
        let there = self.look(&place, span_of(whole))?;
        if matches!(&there, Some(Known::Unknown(unknown)) if unknown.is_accessor()) {
            self.effect(whole);
        }
        if self.source.aliases.contains_key(&name) {
            self.named.insert(name);
            return Ok(());
        }
        let there = there.filter(|known| !known.runs_code(0));
        let known = match (there, default) {
            (Some(Known::Undefined), Some(default)) => self.value(default)?,
            (Some(known), _) if !matches!(known, Known::Unknown(_)) => known,
            (_, default) => {
                if let Some(default) = default {
                    self.act(default);
                }
                let mention = self.source.mention(whole);
                let reads = self.reads(std::slice::from_ref(&place));
                Unknown::new(self.source.spelling(whole, &mention), reads, span_of(whole)).into()
            }
        };
        let target = Place::variable(&name);
        if !known.is_primitive() {
            self.link_place(&target, &place);
            if let Some(default) = default {
                self.link(&target, default);
            }
        }
        self.connect(&target, &known);
        if let Some(value) = &whole.init {
            self.note_store(&target, &**value, span_of(whole));
        }
        self.scope.declare(&name, known);
        Ok(())
    }
}

/// The names in `pattern`; none if it does more than to name members.
fn parts<'t>(pattern: &'t ObjectPat, place: &Place) -> Option<Vec<Part<'t>>> {
    let mut all = Vec::new();
    for property in &pattern.props {
        match property {
            ObjectPatProp::Assign(name) => {
                let key = name.key.id.sym.to_string();
                all.push((key.clone(), place.child(&key), name.value.as_deref()));
            }
            ObjectPatProp::KeyValue(pair) => {
                let at = place.child(&pair.key.as_ident()?.sym);
                let (name, default) = match &*pair.value {
                    Pat::Object(inner) => {
                        all.extend(parts(inner, &at)?);
                        continue;
                    }
                    Pat::Ident(name) => (name, None),
                    Pat::Assign(assigned) => (assigned.left.as_ident()?, Some(&*assigned.right)),
                    _ => return None,
                };
                all.push((name.id.sym.to_string(), at, default));
            }
            ObjectPatProp::Rest(_) => return None,
        }
    }
    Some(all)
}
