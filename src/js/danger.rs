//! What code that is not followed does to a wish: it may take it back, or compute something else from it.

use super::evaluation::{Effect, Evaluation};
use super::known::Known;
use super::place::{Place, spelled};
use crate::text::Span;
use crate::value::KeyPath;

/// Code of the script that stands between a wish and the page.
#[derive(Clone, Debug, PartialEq)]
pub struct Danger {
    /// Where it is in the script before the edit.
    pub span: Span,
    /// The code.
    pub text: String,
    /// What it does.
    pub deed: Deed,
    /// Whether nothing that comes after it is certain to be in force.
    pub locks: bool,
}

/// What code may do to a wish.
#[derive(Clone, Debug, PartialEq)]
pub enum Deed {
    /// It may give this wished key another value.
    Writes(KeyPath),
    /// It may change any key, this wished one too.
    WritesAny(KeyPath),
    /// It reads this, which the wish changes, and may change other keys by it.
    Reads(String),
    /// It is a key of its own that is computed from this, which the wish changes, whenever it is read.
    Computes(String),
}

impl Evaluation {
    /// The code of this script that endangers `wished` keys of the variable `root` in the script `after` the edit.
    #[must_use]
    pub fn dangers(&self, after: &Evaluation, root: &str, wished: &[KeyPath]) -> Vec<Danger> {
        let mut all = self.getters(root, wished);
        let touching = self.effects.iter().filter(|effect| effect.touches(root));
        let now = after.effects.iter().enumerate().filter(|(_, effect)| effect.touches(root));
        for (before, (index, now)) in touching.zip(now) {
            let danger = |deed| Danger {
                span: before.span,
                text: before.text.clone(),
                deed,
                locks: now.reach.locks || now.reach.everything,
            };
            let written =
                wished.iter().find(|at| now.writes(root, at) && !after.settles(index, now, root, at));
            if let Some(at) = written {
                let named = now
                    .reach
                    .places
                    .iter()
                    .any(|place| place.root == root && !place.keys.is_empty() && overlaps(place, at));
                let deed = if named { Deed::Writes } else { Deed::WritesAny };
                all.push(danger(deed(at.clone())));
            } else if let Some(read) = changed_read(before, now) {
                all.push(danger(Deed::Reads(read)));
            }
        }
        all
    }

    /// Getters of the variable `root` that compute what they give from `wished` keys.
    fn getters(&self, root: &str, wished: &[KeyPath]) -> Vec<Danger> {
        let mut all = Vec::new();
        let mut open: Vec<&Known> = self.variables.get(root).into_iter().collect();
        while let Some(known) = open.pop() {
            match known {
                Known::Object(members) => open.extend(members.iter().map(|(_, known)| known)),
                Known::Open(more) => open.extend(more.members.iter().map(|(_, known)| known)),
                Known::Unknown(unknown) if unknown.is_accessor() => {
                    let Some(body) = unknown.body() else { continue };
                    let reads = |at: &KeyPath| {
                        body.places.iter().any(|place| place.root == root && overlaps(place, at))
                    };
                    let read = wished.iter().find(|at| body.reach.everything || reads(at));
                    all.extend(read.map(|at| Danger {
                        span: unknown.span,
                        text: unknown.text.clone(),
                        deed: Deed::Computes(spelled(root, at)),
                        locks: true,
                    }));
                }
                _ => {}
            }
        }
        all
    }

    /// Whether `variable` is computed from `root`.
    #[must_use]
    pub fn is_computed_from(&self, variable: &str, root: &str) -> bool {
        let mut seen = vec![variable];
        let mut at = 0;
        while let Some(name) = seen.get(at).copied() {
            at += 1;
            for source in self.sources.get(name).into_iter().flatten() {
                if source == root {
                    return true;
                }
                if !seen.contains(&source.as_str()) {
                    seen.push(source);
                }
            }
        }
        false
    }

    /// The code that last gave the key `at` of `variable` a value, or something above or below it.
    #[must_use]
    pub fn last_store(&self, variable: &str, at: &KeyPath) -> Option<Span> {
        let met = |place: &Place| place.root == variable && overlaps(place, at);
        self.stores.iter().rev().find(|store| met(&store.place)).map(|store| store.span)
    }

    /// Whether a write that certainly comes after effect `index` decides what `at` is.
    fn settles(&self, index: usize, effect: &Effect, root: &str, at: &KeyPath) -> bool {
        let decides = |place: &Place| place.root == root && at.segments().starts_with(&place.keys);
        let locked = effect.reach.locks || effect.reach.everything;
        !locked
            && self
                .stores
                .iter()
                .any(|store| store.effects > index && !store.is_conditional && decides(&store.place))
    }
}

impl Effect {
    /// Whether code from elsewhere, of which nothing is known, may change `variable` here.
    #[must_use]
    pub fn is_elsewhere(&self, variable: &str) -> bool {
        !self.reach.lent.is_empty() && self.names.iter().any(|name| name == variable)
    }

    /// Whether it may change `root` by code that is seen.
    fn touches(&self, root: &str) -> bool {
        let own = self.reach.places.iter().any(|place| place.root == root);
        own || self.reach.everything || self.shared.contains(root)
    }

    fn writes(&self, root: &str, at: &KeyPath) -> bool {
        let own = self.reach.places.iter().any(|place| place.root == root && overlaps(place, at));
        own || self.reach.everything || self.shared.contains(root)
    }
}

fn overlaps(place: &Place, at: &KeyPath) -> bool {
    at.segments().starts_with(&place.keys) || place.keys.starts_with(at.segments())
}

fn changed_read(before: &Effect, now: &Effect) -> Option<String> {
    let mut pairs = before.read.reads.iter().zip(&now.read.reads);
    let changed = pairs.find(|(one, other)| one != other).map(|((name, _), _)| name.clone());
    changed.or_else(|| (before.read != now.read).then(|| spelled("config", &KeyPath::default())))
}
