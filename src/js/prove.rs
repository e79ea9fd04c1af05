//! The two-sided proof: after an edit every wish is in force, and nothing else is different.
//!
//! Compares what two scripts evaluate to in one pass over both. Never runs or reads anything itself.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::evaluation::{Effect, Evaluation};
use super::known::{Known, Open, Unknown, shortened};
use super::place::spelled;
use super::table::Members;
use crate::text::Span;
use crate::value::KeyPath;

/// What a wish wants at its path.
#[derive(Clone, Debug, PartialEq)]
pub enum Expect {
    /// This value.
    Is(Known),
    /// Nothing, or `undefined`.
    Absent,
}

/// Something that is not as it has to be after an edit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The variable with the path below it; empty where no variable is meant.
    pub at: String,
    /// The variable; empty where none is meant.
    pub variable: String,
    /// The path below it.
    pub path: KeyPath,
    /// The code of the script before the edit that is the reason, where that is known.
    pub span: Option<Span>,
    /// What should be there.
    pub expected: String,
    /// What is there.
    pub found: String,
    /// Which rule is broken.
    pub kind: Kind,
}

/// Which half of the proof fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A wish is not in force.
    Wish,
    /// Something changed that nobody wished to change.
    Other,
    /// An unknown value is computed as before, but from something that changed.
    Follows,
    /// The code with effects that are not followed is not the same.
    Effect,
    /// A wish is written to an object that the script may have frozen.
    Frozen,
    /// The script throws an exception.
    Throw,
}

impl fmt::Display for Difference {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Difference { at, expected, found, kind, .. } = self;
        match kind {
            Kind::Wish => write!(out, "`{at}` should be {expected}, but would be {found}"),
            Kind::Other => {
                write!(out, "`{at}` would change from {expected} to {found}, which nothing asks for")
            }
            Kind::Follows => write!(out, "`{at}` is computed from {expected}, which would become {found}"),
            Kind::Effect | Kind::Frozen => {
                write!(out, "{expected} would become {found}, which nothing asks for")
            }
            Kind::Throw => write!(out, "the script would stop: {found}"),
        }
    }
}

/// All that is wrong with `after`, if it is to be `before` with `wished` in force below the variable `root`.
///
/// The root of a JSON file has the empty name. A parent that is there only for the sake of wished members is no
/// difference, and members below a wished path are the wish's own business.
#[must_use]
pub fn differences(
    before: &Evaluation,
    after: &Evaluation,
    root: &str,
    wished: &[(KeyPath, Expect)],
) -> Vec<Difference> {
    let mut proof = Proof { root: "", path: Vec::new(), found: Vec::new() };
    // One that was there before is no better: the page it is on is broken.
    if let Some(throw) = &after.throws {
        let span = before.throws.as_ref().map(|throw| throw.span);
        proof.report_at("it runs to its end".to_owned(), throw.message.clone(), Kind::Throw, span);
    }
    proof.effects(before, after, root);
    let tree = Tree::of(wished);
    let elsewhere = Unknown::new(root.to_owned(), Vec::new(), crate::text::Span::empty(0)).into();
    let slot = |evaluation| Slot::Has(Evaluation::variable(evaluation, root).unwrap_or(&elsewhere));
    proof.root = root;
    proof.compare(slot(before), slot(after), Some(&tree));
    let names = before.variables.keys().chain(after.variables.keys()).map(String::as_str);
    // Two names of one object differ in nothing.
    let is_alias =
        |name: &str| before.aliases.contains_key(name) && before.aliases.get(name) == after.aliases.get(name);
    for name in names.filter(|name| *name != root && !is_alias(name)).collect::<BTreeSet<_>>() {
        let slot = |evaluation| Evaluation::variable(evaluation, name).map_or(Slot::Hidden, Slot::Has);
        proof.root = name;
        proof.compare(slot(before), slot(after), None);
    }
    proof.found
}

impl Evaluation {
    fn variable(&self, name: &str) -> Option<&Known> {
        self.variables.get(name)
    }
}

/// The wishes at and below a path.
#[derive(Default)]
struct Tree<'a> {
    expect: Option<&'a Expect>,
    below: BTreeMap<&'a str, Tree<'a>>,
}

impl<'a> Tree<'a> {
    fn of(wished: &'a [(KeyPath, Expect)]) -> Self {
        let mut tree = Tree::default();
        for (path, expect) in wished {
            let leaf = path.segments().iter().fold(&mut tree, |at, key| at.below.entry(key).or_default());
            leaf.expect = Some(expect);
        }
        tree
    }

    /// Whether a wished value needs an object here.
    fn makes_parents(&self) -> bool {
        let is_value = |tree: &Tree<'_>| matches!(tree.expect, Some(Expect::Is(_))) || tree.makes_parents();
        self.below.values().any(is_value)
    }
}

/// What is at a path of one of the two.
#[derive(Clone, Copy)]
enum Slot<'a> {
    Has(&'a Known),
    Absent,
    Hidden,
}

impl<'a> Slot<'a> {
    fn view(self) -> Option<View<'a>> {
        if let Slot::Has(known) = self { View::of(known) } else { None }
    }

    fn member(self, key: &str) -> Slot<'a> {
        match self {
            Slot::Has(known) => View::of(known).map_or(Slot::Absent, |view| view.slot(key)),
            other => other,
        }
    }
}

impl fmt::Display for Slot<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Slot::Has(Known::Unknown(unknown)) => write!(out, "the unknown `{}`", shortened(&unknown.text)),
            Slot::Has(known) if known.to_value().is_some() => write!(out, "`{known}`"),
            Slot::Has(known) => write!(out, "{known}"),
            Slot::Absent => out.write_str("nothing"),
            Slot::Hidden => out.write_str("unknown"),
        }
    }
}

/// An object, or what can become one.
struct View<'a> {
    members: Option<&'a Members>,
    gone: Option<&'a BTreeSet<String>>,
    rest: Option<&'a Unknown>,
}

impl<'a> View<'a> {
    fn of(known: &'a Known) -> Option<Self> {
        match known {
            Known::Object(members) => Some(View { members: Some(members), gone: None, rest: None }),
            Known::Open(open) => {
                let Open { members, gone, rest } = &**open;
                Some(View { members: Some(members), gone: Some(gone), rest: Some(rest) })
            }
            Known::Unknown(unknown) => Some(View { members: None, gone: None, rest: Some(unknown) }),
            _ => None,
        }
    }

    /// An object without members.
    fn empty() -> Self {
        View { members: None, gone: None, rest: None }
    }

    fn slot(&self, key: &str) -> Slot<'a> {
        let gone = self.rest.is_none() || self.gone.is_some_and(|gone| gone.contains(key));
        match self.members.and_then(|members| members.get(key)) {
            Some(known) => Slot::Has(known),
            None if gone => Slot::Absent,
            None => Slot::Hidden,
        }
    }

    fn keys(&self) -> impl Iterator<Item = &'a str> {
        let members = self.members.into_iter().flat_map(Members::iter).map(|(key, _)| key);
        members.chain(self.gone.into_iter().flatten().map(String::as_str))
    }
}

struct Proof<'a> {
    root: &'a str,
    path: Vec<&'a str>,
    found: Vec<Difference>,
}

impl<'a> Proof<'a> {
    fn report(&mut self, expected: String, found: String, kind: Kind) {
        self.report_at(expected, found, kind, None);
    }

    fn report_at(&mut self, expected: String, found: String, kind: Kind, span: Option<Span>) {
        let variable = self.root.to_owned();
        let path = self.key_path();
        self.found.push(Difference { at: self.at(), variable, path, span, expected, found, kind });
    }

    /// Where the comparison is.
    fn at(&self) -> String {
        spelled(self.root, &self.key_path())
    }

    fn key_path(&self) -> KeyPath {
        KeyPath::new(self.path.iter().map(|key| (*key).to_owned()).collect())
    }

    fn compare(&mut self, before: Slot<'a>, after: Slot<'a>, wishes: Option<&'a Tree<'a>>) {
        match wishes {
            Some(Tree { expect: Some(expect), below }) => {
                self.wish(expect, before, after);
                // Wishes below a wish: only they are looked at, whatever else the wish brought.
                for (key, wishes) in below {
                    let member = after.member(key);
                    self.below(key, member, member, Some(wishes));
                }
            }
            Some(wishes) if !wishes.below.is_empty() => self.parents(before, after, wishes),
            _ => self.same(before, after),
        }
    }

    fn wish(&mut self, expect: &Expect, before: Slot<'_>, after: Slot<'_>) {
        let (met, expected) = match (expect, after) {
            (Expect::Is(wished), Slot::Has(known)) => (wished == known, Slot::Has(wished)),
            (Expect::Is(wished), _) => (false, Slot::Has(wished)),
            (Expect::Absent, slot) => {
                // What comes from elsewhere, if from anywhere, and is not written here any more is not this script's.
                let left = matches!((before, slot), (Slot::Has(_) | Slot::Hidden, Slot::Hidden));
                (left || matches!(slot, Slot::Absent | Slot::Has(Known::Undefined)), Slot::Absent)
            }
        };
        if !met {
            self.report(expected.to_string(), after.to_string(), Kind::Wish);
        }
    }

    /// Something above wished members.
    fn parents(&mut self, before: Slot<'a>, after: Slot<'a>, wishes: &'a Tree<'a>) {
        let elsewhere = |view: &View<'_>| view.rest.is_some_and(|rest| self.is_elsewhere(rest));
        let start = match before {
            // Where nothing was, an object may be made for the wished members.
            Slot::Absent | Slot::Has(Known::Undefined | Known::Null) if wishes.makes_parents() => {
                Some(View::empty())
            }
            Slot::Has(known) => View::of(known),
            // What nobody can see may be written to.
            Slot::Hidden => {
                after.view().filter(elsewhere).map(|view| View { rest: view.rest, ..View::empty() })
            }
            Slot::Absent => None,
        };
        if let (Some(before), Some(after)) = (start, after.view()) {
            return self.members(&before, &after, Some(wishes));
        }
        self.same(before, after);
        for (key, wishes) in &wishes.below {
            let member = after.member(key);
            self.below(key, member, member, Some(wishes));
        }
    }

    /// Whether `unknown` is but what was at this place before the script wrote to it.
    fn is_elsewhere(&self, unknown: &Unknown) -> bool {
        unknown.reads.is_empty() && unknown.text == self.at()
    }

    fn members(&mut self, before: &View<'a>, after: &View<'a>, wishes: Option<&'a Tree<'a>>) {
        match (before.rest, after.rest) {
            (Some(one), Some(other)) => self.unknowns(one, other),
            (Some(one), None) => {
                self.report(format!("the unknown `{}`", one.text), "an object".to_owned(), Kind::Other);
            }
            (None, Some(other)) => {
                self.report("an object".to_owned(), format!("the unknown `{}`", other.text), Kind::Other);
            }
            (None, None) => {}
        }
        let asked = wishes.into_iter().flat_map(|wishes| wishes.below.keys().copied());
        let mut keys: Vec<&str> = before.keys().chain(after.keys()).chain(asked).collect();
        keys.sort_unstable();
        keys.dedup();
        for key in keys {
            let wishes = wishes.and_then(|wishes| wishes.below.get(key));
            self.below(key, before.slot(key), after.slot(key), wishes);
        }
    }

    fn below(&mut self, key: &'a str, before: Slot<'a>, after: Slot<'a>, wishes: Option<&'a Tree<'a>>) {
        self.path.push(key);
        self.compare(before, after, wishes);
        self.path.pop();
    }

    /// Nothing may be different here.
    fn same(&mut self, before: Slot<'a>, after: Slot<'a>) {
        match (before, after) {
            (Slot::Absent, Slot::Absent) | (Slot::Hidden, Slot::Hidden) => {}
            (Slot::Has(one), Slot::Has(other)) if one == other => {}
            (Slot::Has(Known::Unknown(one)), Slot::Has(Known::Unknown(other))) => self.unknowns(one, other),
            _ => match before.view().zip(after.view()) {
                Some((one, other)) => self.members(&one, &other, None),
                None => self.report(before.to_string(), after.to_string(), Kind::Other),
            },
        }
    }

    fn unknowns(&mut self, before: &Unknown, after: &Unknown) {
        if before == after {
            return;
        }
        let changed =
            before.reads.iter().zip(&after.reads).find(|(one, other)| one.0 == other.0 && one.1 != other.1);
        match changed {
            Some(((name, one), (_, other))) if before.text == after.text => {
                let (one, other) = (Slot::Has(one), Slot::Has(other));
                let (name, span) = (format!("`{name}`, now {one}"), Some(before.span));
                self.report_at(name, other.to_string(), Kind::Follows, span);
            }
            _ => {
                let code = |unknown: &Unknown| format!("the unknown `{}`", shortened(&unknown.text));
                self.report_at(code(before), code(after), Kind::Other, Some(before.span));
            }
        }
    }

    fn effects(&mut self, before: &Evaluation, after: &Evaluation, root: &str) {
        // A variable that is computed from the root may have the root's object, and then goes with it.
        let follows = |name: &String| before.is_computed_from(name, root);
        let counts = |effect: &&Effect| !(effect.is_echo && effect.names.iter().all(follows));
        let before: Vec<&Effect> = before.effects.iter().filter(counts).collect();
        let after: Vec<&Effect> = after.effects.iter().filter(counts).collect();
        let code = |effect: Option<&Effect>| match effect {
            Some(effect) => format!("the code `{}`", shortened(&effect.text)),
            None => "no further code with unknown effects".to_owned(),
        };
        let count = before.len().max(after.len());
        for (one, other) in (0..count).map(|at| (before.get(at).copied(), after.get(at).copied())) {
            if one.map(|effect| &effect.text) != other.map(|effect| &effect.text) {
                let is_frozen = one.is_none() && other.is_some_and(|effect| effect.reach.locks);
                let kind = if is_frozen { Kind::Frozen } else { Kind::Effect };
                self.report_at(code(one), code(other), kind, one.map(|effect| effect.span));
                let place = other.and_then(|effect| effect.reach.places.first());
                if let (Some(place), Some(found)) = (place, self.found.last_mut()) {
                    found.path = KeyPath::new(place.keys.clone());
                }
                return;
            }
        }
    }
}
