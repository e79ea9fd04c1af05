//! The value of object literals.

use std::collections::BTreeSet;

use swc_ecma_ast::{Expr, ObjectLit, Prop, PropName, PropOrSpread};

use super::evaluate::Evaluator;
use super::evaluation::Throw;
use super::known::{Known, Open, Unknown};
use super::lookup::PROTOTYPE;
use super::operator;
use super::parse::span_of;
use super::table::Members;
use super::unknown::Code;

/// An object in the making.
#[derive(Default)]
struct Draft {
    members: Vec<(String, Known)>,
    /// What may hold any member, and how many of `members` came before the last of these.
    rest: Vec<Unknown>,
    covered: usize,
}

impl Evaluator<'_> {
    /// The object that `object` makes.
    pub(super) fn object(&mut self, object: &ObjectLit) -> Result<Known, Throw> {
        let mut draft = Draft { members: Vec::with_capacity(object.props.len()), ..Draft::default() };
        for property in &object.props {
            match property {
                PropOrSpread::Prop(property) => self.property(&mut draft, property)?,
                PropOrSpread::Spread(spread) => {
                    let known = self.value(&spread.expr)?;
                    self.spread(&mut draft, known, property);
                }
            }
        }
        Ok(draft.finish())
    }

    fn property(&mut self, draft: &mut Draft, property: &Prop) -> Result<(), Throw> {
        let (key, known) = match property {
            Prop::KeyValue(member) => {
                let key = self.property_name(&member.key)?;
                (key, self.value(&member.value)?)
            }
            Prop::Shorthand(name) if self.source.hides(span_of(name)) => (None, Known::Undefined),
            Prop::Shorthand(name) => {
                let key = name.sym.to_string();
                (Some(key), self.value(&Expr::Ident(name.clone()))?)
            }
            Prop::Method(method) => (self.property_name(&method.key)?, self.function(&*method.function)),
            Prop::Getter(getter) => {
                (self.property_name(&getter.key)?, self.accessor(draft, &getter.key, property))
            }
            Prop::Setter(setter) => {
                (self.property_name(&setter.key)?, self.accessor(draft, &setter.key, property))
            }
            Prop::Assign(_) => (None, Known::Undefined),
        };
        match key {
            Some(key) if key == PROTOTYPE && !self.json && sets_prototype(property) => {
                // Anything but an object or `null` is ignored; an object gives members to be read, not listed.
                if !known.is_primitive() || known == Known::Null {
                    let rest = self.unread(property);
                    draft.obscure(rest);
                }
            }
            Some(key) => draft.members.push((key, known)),
            // A function under a name that nobody knows may be the one by which an object is iterated over.
            None => {
                let rest = self.unread(property);
                draft.obscure(if known.is_function() { rest.accessor() } else { rest });
            }
        }
        Ok(())
    }

    fn spread(&mut self, draft: &mut Draft, known: Known, property: &impl Code) {
        match known {
            Known::Object(members) if !members.iter().any(|(_, known)| is_accessor(known)) => {
                draft.members.extend(members);
            }
            Known::Array(items) => {
                let indexed = items.into_iter().enumerate().map(|(index, item)| (index.to_string(), item));
                draft.members.extend(indexed);
            }
            Known::Undefined | Known::Null | Known::Bool(_) | Known::Number(_) => {}
            Known::Open(open) => {
                let rest = self.unread(property);
                draft.obscure(rest);
                draft.members.extend(open.members.into_iter().filter(|(_, known)| !is_accessor(known)));
            }
            other => {
                if matches!(other, Known::Object(_)) {
                    self.effect(property);
                }
                let rest = self.unread(property);
                draft.obscure(rest);
            }
        }
    }

    fn property_name(&mut self, key: &PropName) -> Result<Option<String>, Throw> {
        match (self.source.property_key(key), key) {
            (None, PropName::Computed(computed)) => {
                Ok(self.known(&computed.expr)?.as_ref().and_then(operator::text))
            }
            (name, _) => Ok(name),
        }
    }

    /// A getter or setter; one of each may share a name, and then both count.
    fn accessor(&mut self, draft: &Draft, key: &PropName, property: &Prop) -> Known {
        let known = self.function(property);
        let Known::Unknown(mut unknown) = known else { return known };
        let name = self.source.property_key(key);
        let earlier = draft.members.iter().rev().find(|(key, _)| Some(key) == name.as_ref());
        if let Some((_, Known::Unknown(other))) = earlier
            && other.is_accessor()
        {
            let text = format!("{}, {}", other.text, unknown.text);
            let mut both = unknown.body().cloned().unwrap_or_default();
            if let Some(other) = other.body() {
                both.join(other);
            }
            *unknown = Unknown::new(text, Vec::new(), unknown.span).function(both);
        }
        unknown.accessor().into()
    }
}

impl Draft {
    /// `rest` may set any member that was set so far.
    fn obscure(&mut self, rest: Unknown) {
        self.rest.push(rest);
        self.covered = self.members.len();
    }

    fn finish(self) -> Known {
        let Some(first) = self.rest.first() else { return Known::Object(self.members.into_iter().collect()) };
        let texts: Vec<&str> = self.rest.iter().map(|rest| rest.text.as_str()).collect();
        let reads: Vec<_> = self.rest.iter().flat_map(|rest| rest.reads.iter().cloned()).collect();
        let runs_code = self.rest.iter().any(Unknown::is_accessor);
        let rest = Unknown::new(texts.join(", "), reads, first.span);
        let rest = if runs_code { rest.accessor() } else { rest };
        let covered = |(index, (key, known)): (usize, (String, Known))| {
            let known = if index < self.covered { covered_by(&rest, &key, &known) } else { known };
            (key, known)
        };
        let members: Members = self.members.into_iter().enumerate().map(covered).collect();
        Known::Open(Box::new(Open { members, gone: BTreeSet::new(), rest }))
    }
}

/// The member `key`, which was `known` before `rest` may have set it.
fn covered_by(rest: &Unknown, key: &str, known: &Known) -> Known {
    let before = std::iter::once((key.to_owned(), known.shallow()));
    Unknown::new(rest.text.clone(), before.chain(rest.reads.iter().cloned()).collect(), rest.span).into()
}

fn is_accessor(known: &Known) -> bool {
    matches!(known, Known::Unknown(unknown) if unknown.is_accessor())
}

/// Whether `property` is written `__proto__: value`; in any other form it is a member like others.
fn sets_prototype(property: &Prop) -> bool {
    matches!(property, Prop::KeyValue(member) if !matches!(member.key, PropName::Computed(_)))
}
