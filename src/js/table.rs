//! The members of an object that a script computes, sorted by name.
//!
//! Sorted, because JavaScript's order of members means nothing here, and two objects are compared in one pass.

use super::known::Known;

/// Members by name, each name once.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Members(Vec<(String, Known)>);

impl Members {
    /// The member `key`.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Known> {
        self.0.get(self.position(key).ok()?).map(|(_, known)| known)
    }

    /// All members in the order of their names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Known)> {
        self.0.iter().map(|(key, known)| (key.as_str(), known))
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn get_mut(&mut self, key: &str) -> Option<&mut Known> {
        let at = self.position(key).ok()?;
        self.0.get_mut(at).map(|(_, known)| known)
    }

    pub(super) fn insert(&mut self, key: &str, known: Known) {
        match self.position(key) {
            Ok(at) => {
                if let Some(member) = self.0.get_mut(at) {
                    member.1 = known;
                }
            }
            Err(at) => self.0.insert(at, (key.to_owned(), known)),
        }
    }

    pub(super) fn remove(&mut self, key: &str) {
        if let Ok(at) = self.position(key) {
            self.0.remove(at);
        }
    }

    pub(super) fn mapped(&self, change: impl Fn(&Known) -> Known) -> Members {
        Members(self.0.iter().map(|(key, known)| (key.clone(), change(known))).collect())
    }

    fn position(&self, key: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|(name, _)| name.as_str().cmp(key))
    }
}

/// The last of several members of one name wins, as in JavaScript.
impl FromIterator<(String, Known)> for Members {
    fn from_iter<I: IntoIterator<Item = (String, Known)>>(members: I) -> Self {
        let mut sorted: Vec<_> = members.into_iter().collect();
        sorted.sort_by(|(one, _), (other, _)| one.cmp(other));
        // `dedup_by` removes the later of two neighbours, so the later value moves to the earlier place first.
        sorted.dedup_by(|later, earlier| {
            let same = later.0 == earlier.0;
            if same {
                std::mem::swap(&mut later.1, &mut earlier.1);
            }
            same
        });
        Members(sorted)
    }
}

impl IntoIterator for Members {
    type Item = (String, Known);
    type IntoIter = std::vec::IntoIter<(String, Known)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}
