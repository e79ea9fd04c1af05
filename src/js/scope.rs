//! The variables of a script while it is evaluated: look up, set, remove.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::body::Body;
use super::known::{Known, Open, Unknown};
use super::lookup::{Found, PROTOTYPE, index, member};
use super::place::Place;
use super::table::Members;
use crate::text::Span;

/// The variables and what is known of each.
#[derive(Default)]
pub(super) struct Scope {
    /// Values by name.
    pub(super) variables: BTreeMap<String, Known>,
    /// Variables that something unknown may have changed, and what that was: they keep their value, but nothing is
    /// derived from it.
    pub(super) tainted: BTreeMap<String, Known>,
    /// What `let`, `const` and `class` declare.
    pub(super) lexical: BTreeMap<String, Lexical>,
    /// Whether the script says `'use strict'`.
    pub(super) strict: bool,
}

/// A name declared by `let`, `const` or `class`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lexical {
    /// Its declaration has not run yet.
    Dead,
    /// It may be assigned.
    Variable,
    /// It may not.
    Constant,
}

/// What writing to a place did.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Written {
    /// The value is there now.
    Done,
    /// It is not clear what happens.
    Strange,
    /// An exception, with this message.
    Fails(String),
}

impl Scope {
    /// What reading `place` gives.
    pub(super) fn look(&self, place: &Place) -> Found<'_> {
        if self.tainted.contains_key(&place.root) || self.bypasses(place) {
            return Found::Hidden;
        }
        let Some(root) = self.variables.get(&place.root) else { return self.undeclared(place) };
        let mut at = Cow::Borrowed(root);
        for (depth, key) in place.keys.iter().enumerate() {
            at = match step(&at, key) {
                Found::Here(known) => known,
                Found::Hidden => return Found::Hidden,
                Found::Fails(nothing) => {
                    let parent = place.prefix(depth);
                    return Found::Fails(format!("`{parent}` is {nothing}, so `{place}` cannot be read"));
                }
            };
        }
        Found::Here(at)
    }

    /// The value of the longest part of `place` that has one, and how many keys that part has.
    pub(super) fn deepest(&self, place: &Place) -> Option<(usize, Cow<'_, Known>)> {
        if self.bypasses(place) {
            return None;
        }
        let mut at = Cow::Borrowed(self.variables.get(&place.root)?);
        for (depth, key) in place.keys.iter().enumerate() {
            match step(&at, key) {
                Found::Here(known) => at = known,
                Found::Hidden | Found::Fails(_) => return Some((depth, at)),
            }
        }
        Some((place.keys.len(), at))
    }

    /// Whether what `place` holds is certainly no object; a method of such a value counts as part of it.
    pub(super) fn is_primitive(&self, place: &Place) -> bool {
        let primitive = |(_, known): (usize, Cow<Known>)| known.is_primitive();
        let doubtful = self.tainted.contains_key(&place.root) || self.is_doubtful(place);
        !doubtful && self.deepest(place).is_some_and(primitive)
    }

    /// Whether reading `place` may well throw: a member of a primitive value is a method or `undefined`, so that a
    /// member of that is seldom there.
    pub(super) fn is_doubtful(&self, place: &Place) -> bool {
        self.deepest(place).is_some_and(|(count, known)| {
            known.is_primitive() && count + usize::from(!is_nothing(&known)) < place.keys.len()
        })
    }

    /// The functions at `place`, and those that they mention.
    pub(super) fn functions(&self, place: &Place) -> Vec<Body> {
        let mut all = Vec::new();
        let mut seen = BTreeSet::new();
        let mut open = vec![place.clone()];
        while let Some(place) = open.pop() {
            let Some((_, known)) = self.deepest(&place) else { continue };
            let Known::Unknown(unknown) = &*known else { continue };
            let Some(body) = unknown.body() else { continue };
            open.extend(body.places.iter().filter(|inner| seen.insert((*inner).clone())).cloned());
            all.push(body.clone());
        }
        all
    }

    /// Everything that the functions at `place` mention, directly or through other functions.
    pub(super) fn mentioned(&self, place: &Place) -> Vec<Place> {
        self.functions(place).into_iter().flat_map(|body| body.places).collect()
    }

    /// Whether reading all of `place` may run code of the script: a getter, or what makes a text of an object.
    pub(super) fn runs_code(&self, place: &Place) -> bool {
        self.deepest(place).is_some_and(|(_, known)| known.runs_code(0))
    }

    /// Whether `place` is a member of a list that is none of its items.
    pub(super) fn names_in_list(&self, place: &Place) -> bool {
        let Some((last, above)) = place.keys.split_last() else { return false };
        let parent = Place { keys: above.to_vec(), ..place.clone() };
        let is_list = |(count, known): (usize, Cow<'_, Known>)| {
            count == above.len() && matches!(*known, Known::Array(_))
        };
        index(last).is_none()
            && last != "length"
            && last != PROTOTYPE
            && self.deepest(&parent).is_some_and(is_list)
    }

    /// Sets the variable `name`, which its declaration does even for a constant.
    pub(super) fn declare(&mut self, name: &str, known: Known) {
        self.tainted.remove(name);
        self.variables.insert(name.to_owned(), known);
    }

    /// Gives `place` the value `known`.
    pub(super) fn store(&mut self, place: &Place, known: Known) -> Written {
        let Some((last, above)) = place.keys.split_last() else { return self.assign(place, known) };
        let strict = self.strict;
        match self.parent(place, above) {
            Ok(parent) => set(parent, last, known, strict, place),
            Err(written) => written,
        }
    }

    /// Removes the member `place`.
    pub(super) fn remove(&mut self, place: &Place) -> Written {
        let Some((last, above)) = place.keys.split_last() else { return Written::Strange };
        let parent = match self.parent(place, above) {
            Ok(parent) => parent,
            Err(written) => return written,
        };
        if matches!(parent, Known::Unknown(_)) && !open(parent) {
            return Written::Strange;
        }
        match parent {
            Known::Object(members) => members.remove(last),
            Known::Open(open) => {
                open.members.remove(last);
                open.gone.insert(last.clone());
            }
            Known::Undefined | Known::Null => return Written::Fails(refusal(parent, place, above.len())),
            _ => return Written::Strange,
        }
        Written::Done
    }

    fn undeclared(&self, place: &Place) -> Found<'_> {
        if self.lexical.get(&place.root) == Some(&Lexical::Dead) {
            return Found::Fails(format!("`{}` is read before it is declared", place.root));
        }
        let constant = match place.root.as_str() {
            "undefined" => Known::Undefined,
            "NaN" => Known::Number(f64::NAN),
            "Infinity" => Known::Number(f64::INFINITY),
            _ => return Found::Hidden,
        };
        if place.keys.is_empty() { Found::Here(Cow::Owned(constant)) } else { Found::Hidden }
    }

    /// Whether `place` means a member of the global object, while the variable of that name is none.
    fn bypasses(&self, place: &Place) -> bool {
        place.global && self.lexical.contains_key(&place.root)
    }

    fn assign(&mut self, place: &Place, known: Known) -> Written {
        let name = &place.root;
        match self.lexical.get(name) {
            Some(_) if place.global => Written::Strange,
            Some(Lexical::Dead) => Written::Fails(format!("`{name}` is assigned before it is declared")),
            Some(Lexical::Constant) => {
                Written::Fails(format!("`{name}` is a constant and cannot be assigned"))
            }
            _ if matches!(name.as_str(), "undefined" | "NaN" | "Infinity") => Written::Done,
            // In strict mode this throws, unless the variable was made elsewhere.
            None if self.strict && !place.global && !self.variables.contains_key(name) => {
                self.declare(name, known);
                Written::Strange
            }
            _ => {
                self.declare(name, known);
                Written::Done
            }
        }
    }

    /// The value that `above` leads to below the variable of `place`, to be changed.
    fn parent(&mut self, place: &Place, above: &[String]) -> Result<&mut Known, Written> {
        if self.bypasses(place) || place.keys.iter().any(|key| key == PROTOTYPE) {
            return Err(Written::Strange);
        }
        if self.lexical.get(&place.root) == Some(&Lexical::Dead) {
            return Err(Written::Fails(format!("`{}` is used before it is declared", place.root)));
        }
        let tainted = self.tainted.contains_key(&place.root);
        let mut at =
            self.variables.entry(place.root.clone()).or_insert_with(|| elsewhere(place.root.clone()));
        for (depth, key) in above.iter().enumerate() {
            // Asked first, as a borrow that is returned in one arm only is not accepted in a loop.
            match reach(at, key, || place.prefix(depth + 1)) {
                Written::Done => {}
                Written::Fails(_) if tainted => return Err(Written::Strange),
                Written::Fails(nothing) => {
                    let parent = place.prefix(depth + usize::from(!is_nothing(at)));
                    return Err(Written::Fails(format!(
                        "`{parent}` is {nothing}, so `{place}` cannot be set"
                    )));
                }
                Written::Strange => return Err(Written::Strange),
            }
            at = child(at, key).ok_or(Written::Strange)?;
        }
        if tainted && is_nothing(at) { Err(Written::Strange) } else { Ok(at) }
    }
}

/// A value that was made before this script ran, or by something that is not known.
pub(super) fn elsewhere(name: String) -> Known {
    Unknown::new(name, Vec::new(), Span::empty(0)).into()
}

fn step<'a>(value: &Cow<'a, Known>, key: &str) -> Found<'a> {
    match value {
        Cow::Borrowed(known) => member(known, key),
        // Only `undefined`, lengths and constants are made on the fly.
        Cow::Owned(Known::Undefined) => Found::Fails("undefined".to_owned()),
        Cow::Owned(_) => Found::Hidden,
    }
}

fn is_nothing(known: &Known) -> bool {
    matches!(known, Known::Undefined | Known::Null)
}

/// Makes sure that `at` has the member `key`, if it can have it; `spelled` names the member.
fn reach(at: &mut Known, key: &str, spelled: impl Fn() -> String) -> Written {
    if matches!(at, Known::Unknown(_)) && !open(at) {
        return Written::Strange;
    }
    if let Known::Open(open) = at
        && open.members.get(key).is_none()
        && !open.gone.contains(key)
    {
        open.members.insert(key, elsewhere(spelled()));
    }
    match member(at, key) {
        Found::Here(known) if *known == Known::Undefined => Written::Fails("undefined".to_owned()),
        Found::Here(known) if *known == Known::Null => Written::Fails("null".to_owned()),
        Found::Here(Cow::Borrowed(_)) => Written::Done,
        Found::Here(Cow::Owned(_)) | Found::Hidden => Written::Strange,
        Found::Fails(nothing) => Written::Fails(nothing),
    }
}

fn child<'a>(at: &'a mut Known, key: &str) -> Option<&'a mut Known> {
    match at {
        Known::Object(members) => members.get_mut(key),
        Known::Open(open) => open.members.get_mut(key),
        Known::Array(items) => items.get_mut(index(key)?),
        _ => None,
    }
}

/// Makes an object with unknown members of an unknown value: a script that sets its members takes it for one.
///
/// What is certainly no object, and a getter, is left alone.
fn open(at: &mut Known) -> bool {
    let primitive = at.is_primitive();
    let Known::Unknown(unknown) = at else { return false };
    if primitive || unknown.is_accessor() {
        return false;
    }
    let rest = Unknown::clone(unknown);
    *at = Known::Open(Box::new(Open { members: Members::default(), gone: BTreeSet::new(), rest }));
    true
}

fn set(parent: &mut Known, key: &str, known: Known, strict: bool, place: &Place) -> Written {
    if matches!(parent, Known::Unknown(_)) && !open(parent) {
        return Written::Strange;
    }
    let runs_code = |member: Option<&Known>| matches!(member, Some(Known::Unknown(it)) if it.is_accessor());
    match parent {
        Known::Object(members) if !runs_code(members.get(key)) => members.insert(key, known),
        Known::Open(open) if !runs_code(open.members.get(key)) => {
            open.gone.remove(key);
            open.members.insert(key, known);
        }
        Known::Array(items) => match index(key) {
            Some(at) if at < items.len() => items.splice(at..=at, [known]).for_each(drop),
            Some(at) if at == items.len() => items.push(known),
            _ => return Written::Strange,
        },
        // Outside strict mode such an assignment does nothing at all.
        Known::Bool(_) | Known::Number(_) | Known::String(_) if !strict => {}
        Known::Undefined | Known::Null | Known::Bool(_) | Known::Number(_) | Known::String(_) => {
            return Written::Fails(refusal(parent, place, place.keys.len() - 1));
        }
        _ => return Written::Strange,
    }
    Written::Done
}

fn refusal(parent: &Known, place: &Place, depth: usize) -> String {
    format!("`{}` is {parent}, so `{place}` cannot be set", place.prefix(depth))
}
