//! The two-sided proof: every wished key has the wished value, and nothing else differs.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::evaluate::Evaluation;
use super::known::{Known, Members, Unknown};
use crate::value::KeyPath;

/// What a key is to be.
#[derive(Clone, Debug, PartialEq)]
pub enum Expect {
    /// This value.
    Is(Known),
    /// Not there.
    Absent,
}

/// Something that is not as it should be.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// The variable and the path below it, with dots; or what else is meant.
    pub at: String,
    /// What it should be.
    pub expected: String,
    /// What it is.
    pub found: String,
}

impl fmt::Display for Difference {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "`{}` would be {} instead of {}", self.at, self.found, self.expected)
    }
}

/// Compares what a script came to `before` with what it comes to `after`, where the keys `wished` of `root` may differ.
#[must_use]
pub fn differences(
    before: &Evaluation,
    after: &Evaluation,
    root: &str,
    wished: &[(KeyPath, Expect)],
) -> Vec<Difference> {
    let mut tree = Wished::default();
    for (path, expect) in wished {
        tree.add(path, expect);
    }
    let mut found = Vec::new();
    let names: BTreeSet<&String> = before.variables.keys().chain(after.variables.keys()).collect();
    for name in names {
        let node = (name == root).then_some(&tree);
        compare(name, before.variables.get(name), after.variables.get(name), node, &mut found);
    }
    let texts = |evaluation: &Evaluation| -> Vec<String> {
        evaluation.effects.iter().map(|effect| effect.text.clone()).collect()
    };
    if texts(before) != texts(after) {
        let at = "other statements".to_owned();
        found.push(Difference { at, expected: texts(before).join("; "), found: texts(after).join("; ") });
    }
    if let Some(throw) = &after.throws {
        let expected = "a script that runs to its end".to_owned();
        found.push(Difference { at: "the script".to_owned(), expected, found: throw.message.clone() });
    }
    found
}

/// The wished keys as a tree.
#[derive(Default)]
struct Wished<'a> {
    expect: Option<&'a Expect>,
    below: BTreeMap<&'a str, Wished<'a>>,
}

impl<'a> Wished<'a> {
    fn add(&mut self, path: &'a KeyPath, expect: &'a Expect) {
        let mut node = self;
        for segment in path.segments() {
            node = node.below.entry(segment).or_default();
        }
        node.expect = Some(expect);
    }
}

fn compare(
    at: &str,
    before: Option<&Known>,
    after: Option<&Known>,
    wished: Option<&Wished<'_>>,
    found: &mut Vec<Difference>,
) {
    let differs = |expected: Option<&Known>| Difference {
        at: at.to_owned(),
        expected: shown(expected),
        found: shown(after),
    };
    match wished {
        None if before == after => {}
        None => found.push(differs(before)),
        Some(Wished { expect: Some(Expect::Is(value)), .. }) if after == Some(value) => {}
        Some(Wished { expect: Some(Expect::Is(value)), .. }) => found.push(differs(Some(value))),
        Some(Wished { expect: Some(Expect::Absent), .. })
            if matches!(after, None | Some(Known::Undefined)) => {}
        Some(Wished { expect: Some(Expect::Absent), .. }) => found.push(differs(None)),
        Some(node) => match (parts(before), parts(after)) {
            (Some((old, was_open)), Some((new, is_open))) => {
                let stays_open = matches!(before, None | Some(Known::Undefined | Known::Null))
                    || was_open == is_open
                    || is_guarded(before, is_open);
                if !stays_open {
                    return found.push(differs(before));
                }
                let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
                let wished =
                    node.below.keys().filter(|name| !old.contains_key(**name) && !new.contains_key(**name));
                for name in names.into_iter().map(String::as_str).chain(wished.copied()) {
                    let below = format!("{at}.{name}");
                    compare(&below, old.get(name), new.get(name), node.below.get(name), found);
                }
            }
            _ => found.push(differs(before)),
        },
    }
}

/// Whether what is `open` after `a = a || {}` is what was there `before`: an object stays what it is.
fn is_guarded(before: Option<&Known>, open: Option<&Unknown>) -> bool {
    let Some(Unknown { text, reads }) = open else { return false };
    let [(_, read)] = reads.as_slice() else { return false };
    let (Some(was @ Known::Unknown(_)), Some(name)) = (before, text.strip_suffix(" || {}")) else {
        return false;
    };
    was == read && name.chars().all(|letter| letter.is_alphanumeric() || "_$.[]'\"-".contains(letter))
}

/// The named members of `known`, and what may bring others; nothing at all has none.
fn parts(known: Option<&Known>) -> Option<(&BTreeMap<String, Known>, Option<&Unknown>)> {
    static NONE: BTreeMap<String, Known> = BTreeMap::new();
    match known {
        None | Some(Known::Undefined | Known::Null) => Some((&NONE, None)),
        Some(Known::Unknown(unknown)) => Some((&NONE, Some(unknown))),
        Some(Known::Object(Members { named, open })) => Some((named, open.as_deref())),
        _ => None,
    }
}

fn shown(known: Option<&Known>) -> String {
    let text = known.map_or_else(|| "absent".to_owned(), Known::to_string);
    if text.chars().count() > 120 {
        format!("{}…", text.chars().take(120).collect::<String>())
    } else {
        text
    }
}
