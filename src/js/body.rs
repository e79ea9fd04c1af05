//! What a piece of code does: the places it mentions, and what it may change.

use std::collections::BTreeSet;

use super::place::Place;

/// What code may change.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Reach {
    /// Places that get another value, or whose object is changed.
    pub(super) places: BTreeSet<Place>,
    /// Places that are given to code from elsewhere, of which nothing is known.
    pub(super) lent: BTreeSet<Place>,
    /// Whether it may change anything.
    pub(super) everything: bool,
    /// Whether it may keep what comes later from changing what it was given: `Object.defineProperty`.
    pub(super) locks: bool,
}

impl Reach {
    /// Adds what `other` reaches.
    pub(super) fn join(&mut self, other: &Reach) {
        self.places.extend(other.places.iter().cloned());
        self.lent.extend(other.lent.iter().cloned());
        self.everything |= other.everything;
        self.locks |= other.locks;
    }

    /// What `places` are, given to code from elsewhere.
    pub(super) fn lending(places: impl Iterator<Item = Place>) -> Self {
        Reach { lent: places.collect(), ..Reach::default() }
    }
}

/// What a function does when it is called.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Body {
    /// What it mentions.
    pub(super) places: Vec<Place>,
    /// What it may change.
    pub(super) reach: Reach,
}

impl Body {
    /// Adds what `other` does.
    pub(super) fn join(&mut self, other: &Body) {
        self.places.extend(other.places.iter().cloned());
        self.reach.join(&other.reach);
    }
}
