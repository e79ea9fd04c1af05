//! Which variables share an object, or name a function that names another: what an unknown effect may reach.

use std::collections::{BTreeMap, BTreeSet};

use super::place::Place;

/// What connects variables. It only ever grows, so it may name too much, but never too little.
#[derive(Default)]
pub(super) struct Influence {
    /// Keys below a variable at which an object is that another place holds too.
    shared: BTreeMap<String, Vec<Vec<String>>>,
    reach: BTreeMap<String, BTreeSet<String>>,
}

impl Influence {
    /// Notes that `target` may hold the same object as `origin`.
    ///
    /// An origin that is none of `ours` was made elsewhere and nothing is claimed of it: only writes to it matter.
    pub(super) fn share(&mut self, target: &Place, origin: &Place, ours: bool) {
        self.shared.entry(origin.root.clone()).or_default().push(origin.keys.clone());
        if ours {
            self.shared.entry(target.root.clone()).or_default().push(target.keys.clone());
        }
        self.reach(&target.root, &origin.root);
        self.reach(&origin.root, &target.root);
    }

    /// Notes that whoever gets hold of `from` may change `to`.
    pub(super) fn reach(&mut self, from: &str, to: &str) {
        if from != to {
            self.reach.entry(from.to_owned()).or_default().insert(to.to_owned());
        }
    }

    /// Whether writing to `place` changes an object that another place holds too.
    pub(super) fn is_shared(&self, place: &Place) -> bool {
        let inside = |keys: &Vec<String>| place.keys.len() > keys.len() && place.keys.starts_with(keys);
        self.shared.get(&place.root).is_some_and(|all| all.iter().any(inside))
    }

    /// Whether all that is shared of the variable of `place` is one object: then no other part of it changes along.
    pub(super) fn is_shared_whole(&self, place: &Place) -> bool {
        let all = self.shared.get(&place.root);
        all.is_some_and(|all| all.windows(2).all(|pair| pair.first() == pair.last()))
    }

    /// `names`, and every variable that can be changed through one of them.
    pub(super) fn closure(&self, names: BTreeSet<String>) -> BTreeSet<String> {
        let mut open: Vec<String> = names.iter().cloned().collect();
        let mut all = names;
        while let Some(name) = open.pop() {
            for next in self.reach.get(&name).into_iter().flatten() {
                if all.insert(next.clone()) {
                    open.push(next.clone());
                }
            }
        }
        all
    }
}
