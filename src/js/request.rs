//! Edits of one object as a tree, so that siblings that need the same missing parent make one object.

use std::collections::BTreeMap;

use super::literal::{self, Style};
use super::lower::Conflict;
use crate::edit::{Edit, Op};
use crate::value::Value;

/// What is wanted of one key.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Want {
    /// This literal, and what it means where JSON can say that.
    Literal(Wanted),
    /// Not to be there.
    Absent {
        /// Where this takes back what an earlier run put there, how many parents were made only for it: they go too,
        /// once empty, and of several members or statements of the key only the last goes.
        ours: Option<usize>,
    },
    /// A list with these items and without those.
    List {
        /// Items to add where they are missing.
        add: Vec<Value>,
        /// Items to take out.
        drop: Vec<Value>,
    },
}

/// A value that is wanted.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Wanted {
    /// A plain value, written in the style of its place.
    Plain(Value),
    /// Source text that was checked before.
    Source(String),
}

impl Wanted {
    /// The literal, in `style`.
    pub(super) fn written(&self, style: Style) -> String {
        match self {
            Wanted::Plain(value) => literal::written(value, style),
            Wanted::Source(source) => source.clone(),
        }
    }
}

impl Want {
    /// What `edit` wants.
    ///
    /// # Errors
    /// When a raw literal holds something else.
    pub(super) fn of(edit: &Edit) -> Result<Self, Conflict> {
        Ok(match &edit.op {
            Op::Set(value) => Want::Literal(Wanted::Plain(value.clone())),
            Op::Raw(source) => {
                let printed = literal::raw(source).ok_or_else(|| Conflict::NotLiteral(source.clone()))?;
                let harmless =
                    !["\n", "//", "/*", "<", "\u{2028}", "\u{2029}"].iter().any(|part| source.contains(part));
                // What fits a line is written as its owner wrote it.
                Want::Literal(Wanted::Source(if harmless { source.trim().to_owned() } else { printed }))
            }
            Op::Remove => Want::Absent { ours: None },
            Op::Append(items) => Want::List { add: items.clone(), drop: Vec::new() },
            Op::Without(items) => Want::List { add: Vec::new(), drop: items.clone() },
        })
    }
}

/// A key with what is wanted of it, or of the keys below it.
#[derive(Default)]
pub(super) struct Node {
    /// What is wanted of this key itself, and which edits want it.
    pub(super) want: Option<(Vec<usize>, Want)>,
    /// Keys below, in the order of their names.
    pub(super) children: BTreeMap<String, Node>,
}

impl Node {
    /// Adds what edit `index` wants of the key at `path` below this one.
    ///
    /// # Errors
    /// When another edit wants something else there, above or below.
    pub(super) fn add(&mut self, path: &[String], index: usize, want: Want) -> Result<(), Conflict> {
        let clash = |other: Option<&(Vec<usize>, Want)>| Conflict::Disagree {
            other: other.and_then(|(edits, _)| edits.first().copied()).unwrap_or(index),
        };
        let Some((name, rest)) = path.split_first() else {
            if let Some(below) = self.first_edit()
                && self.want.is_none()
            {
                return Err(Conflict::Disagree { other: below });
            }
            return match (&mut self.want, want) {
                (none @ None, want) => {
                    *none = Some((vec![index], want));
                    Ok(())
                }
                (Some((edits, Want::List { add, drop })), Want::List { add: more, drop: fewer }) => {
                    add.extend(more);
                    drop.extend(fewer);
                    edits.push(index);
                    Ok(())
                }
                (Some((edits, there)), want) if *there == want => {
                    edits.push(index);
                    Ok(())
                }
                (there, _) => Err(clash(there.as_ref())),
            };
        };
        if self.want.is_some() {
            return Err(clash(self.want.as_ref()));
        }
        self.children.entry(name.clone()).or_default().add(rest, index, want)
    }

    /// All edits that want something at or below this key.
    pub(super) fn edits(&self) -> Vec<usize> {
        let own = self.want.iter().flat_map(|(edits, _)| edits.iter().copied());
        own.chain(self.children.values().flat_map(Node::edits)).collect()
    }

    /// Whether something is to stand at or below this key, rather than only to be gone.
    pub(super) fn wants_value(&self) -> bool {
        let own = matches!(self.want, Some((_, Want::Literal(_) | Want::List { .. })));
        own || self.children.values().any(Node::wants_value)
    }

    /// Whether a list that must already be there is to be changed, at or below this key.
    pub(super) fn needs_existing(&self) -> bool {
        matches!(self.want, Some((_, Want::List { .. }))) || self.children.values().any(Node::needs_existing)
    }

    /// Whether keys are only to be gone, at or below this one.
    pub(super) fn only_drops(&self) -> bool {
        let own = matches!(self.want, None | Some((_, Want::Absent { .. })));
        own && self.children.values().all(Node::only_drops)
    }

    /// Whether something of ours is only to be taken back, at or below this key.
    pub(super) fn is_withdrawn(&self) -> bool {
        let own = matches!(self.want, None | Some((_, Want::Absent { ours: Some(_) })));
        own && self.children.values().all(Node::is_withdrawn)
    }

    fn first_edit(&self) -> Option<usize> {
        self.edits().first().copied()
    }
}
