//! Places that a script names: a variable, or a member that a static path leads to.

use std::fmt;

use crate::value::KeyPath;

/// A variable and the keys below it: `config`, `config.hosts.domain`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    /// The variable.
    pub(super) root: String,
    /// The keys below it, outermost first.
    pub(super) keys: Vec<String>,
    /// Whether it was spelled as a member of the global object: `window.config`.
    pub(super) global: bool,
}

impl Place {
    /// The variable `root` itself.
    pub(super) fn variable(root: &str) -> Self {
        Place { root: root.to_owned(), keys: Vec::new(), global: false }
    }

    /// The place one key below.
    pub(super) fn child(&self, key: &str) -> Self {
        let mut child = self.clone();
        child.keys.push(key.to_owned());
        child
    }

    /// The first `count` keys of this place, as a script would spell them.
    pub(super) fn prefix(&self, count: usize) -> String {
        let keys = self.keys.get(..count).unwrap_or(&self.keys);
        spelled(&self.root, &KeyPath::new(keys.to_vec()))
    }
}

impl fmt::Display for Place {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.prefix(self.keys.len()))
    }
}

/// `path` below the variable `root`, for people.
pub(super) fn spelled(root: &str, path: &KeyPath) -> String {
    match (root.is_empty(), path.is_root()) {
        (true, _) => path.to_string(),
        (false, true) => root.to_owned(),
        (false, false) => format!("{root}.{path}"),
    }
}
