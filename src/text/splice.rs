//! Splices: the only way this program changes a text.
//!
//! A set of splices is sorted and disjoint, so that what lies outside them is untouched by construction.

use super::Span;

/// Replace the bytes of `span` by `text`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Splice {
    /// What is replaced; empty for an insertion.
    pub span: Span,
    /// What stands there afterwards.
    pub text: String,
}

/// Two splices want the same bytes.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("two changes meet at bytes {}..{}", .span.start, .span.end)]
pub struct Overlap {
    /// The span that was refused.
    pub span: Span,
    /// Whether the very same splice is already there.
    pub identical: bool,
}

/// Splices in the order of the text, none touching the bytes of another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SpliceSet(Vec<Splice>);

impl SpliceSet {
    /// Adds `splice`. Insertions at the same byte stand in the order they were added.
    ///
    /// # Errors
    /// When it overlaps one that is there; the set is then unchanged.
    pub fn add(&mut self, splice: Splice) -> Result<(), Overlap> {
        let at = self.0.partition_point(|other| {
            (other.span.start, other.span.end) <= (splice.span.start, splice.span.end)
                && other.span.start <= splice.span.start
        });
        let before = at.checked_sub(1).and_then(|index| self.0.get(index));
        let clash = before.is_some_and(|other| overlaps(other.span, splice.span))
            || self.0.get(at).is_some_and(|other| overlaps(splice.span, other.span));
        if clash {
            let identical = self.0.contains(&splice);
            return Err(Overlap { span: splice.span, identical });
        }
        self.0.insert(at, splice);
        Ok(())
    }

    /// The splices, in the order of the text.
    #[must_use]
    pub fn as_slice(&self) -> &[Splice] {
        &self.0
    }

    /// Whether nothing is to be changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn applied_to(&self, source: &str) -> String {
        let added: usize = self.0.iter().map(|splice| splice.text.len()).sum();
        let mut result = String::with_capacity(source.len() + added);
        let mut copied = 0;
        for splice in &self.0 {
            result.push_str(source.get(copied..splice.span.start).unwrap_or(""));
            result.push_str(&splice.text);
            copied = splice.span.end;
        }
        result.push_str(source.get(copied..).unwrap_or(""));
        result
    }
}

/// Whether `first`, which does not start after `second`, reaches into it.
fn overlaps(first: Span, second: Span) -> bool {
    let empty = first.start == first.end && second.start == second.end;
    !empty && first.end > second.start && !(first.start == first.end && first.end == second.start)
}
