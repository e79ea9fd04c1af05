//! What is known after an `if` whose test is not: the same on both ways, or unknown.

use std::cmp::Ordering;

use super::known::{Known, Open, Unknown};
use super::table::Members;

/// The value after an `if` with the unknown test `test` that left `yes` on one way and `no` on the other.
///
/// Nothing on one way means that the variable or member is not there then.
pub(super) fn merged(test: &Unknown, yes: Option<Known>, no: Option<Known>) -> Known {
    match (yes, no) {
        (Some(yes), Some(no)) if yes == no => yes,
        (Some(Known::Object(yes)), Some(Known::Object(no))) => Known::Object(members(test, yes, no)),
        (Some(Known::Open(yes)), Some(Known::Open(no))) if yes.rest == no.rest => {
            let gone = yes.gone.intersection(&no.gone).cloned().collect();
            let Open { members: yes, rest, .. } = *yes;
            Known::Open(Box::new(Open { members: members(test, yes, no.members), gone, rest }))
        }
        (yes, no) => either(test, yes.as_ref(), no.as_ref()),
    }
}

fn members(test: &Unknown, yes: Members, no: Members) -> Members {
    let mut all = Vec::with_capacity(yes.len());
    let (mut yes, mut no) = (yes.into_iter().peekable(), no.into_iter().peekable());
    loop {
        let order = match (yes.peek(), no.peek()) {
            (Some((one, _)), Some((other, _))) => one.cmp(other),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => return all.into_iter().collect(),
        };
        let yes = if order.is_le() { yes.next() } else { None };
        let no = if order.is_ge() { no.next() } else { None };
        let Some(key) = yes.as_ref().or(no.as_ref()).map(|(key, _)| key.clone()) else { continue };
        all.push((key, merged(test, yes.map(|(_, known)| known), no.map(|(_, known)| known))));
    }
}

fn either(test: &Unknown, yes: Option<&Known>, no: Option<&Known>) -> Known {
    let primitive = [yes, no].into_iter().all(|known| known.is_some_and(Known::is_primitive));
    let ways = [("then", yes), ("else", no)];
    let ways = ways.into_iter().filter_map(|(way, known)| Some((way.to_owned(), known?.shallow())));
    let reads = test.reads.iter().cloned().chain(ways).collect();
    Unknown::new(format!("if ({})", test.text), reads, test.span).primitive(primitive).into()
}
