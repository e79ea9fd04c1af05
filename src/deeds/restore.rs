//! `restore`: the shipped files back.

use super::apply::{Applied, Person, with_lock};
use super::open::{Context, Opened, Trouble, open_site};
use crate::fault::{Finding, Level};
use crate::host::{self, Root};
use crate::plan::Plan;
use crate::value::Value;

/// There is nothing to give back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NothingKept;

/// Gives back every file as it was, lets the person see the plan first, and holds the site so.
///
/// # Errors
/// When something cannot be read or written; the site is then as it was before.
pub fn restore(
    context: &Context,
    dry: bool,
    person: &mut Person<'_>,
) -> Result<Result<Applied, NothingKept>, Trouble> {
    let opened = open_site(Root::open(&context.root)?, context)?;
    if opened.receipt.is_none() && !opened.interrupted && !host::has_places(&opened.root)? {
        return Ok(Err(NothingKept));
    }
    with_lock(context, dry, |context| planned(context, true), person).map(Ok)
}

/// Gives back every file, and holds nothing: the next run of the trigger begins anew.
pub(super) fn give_back(context: &Context, dry: bool, person: &mut Person<'_>) -> Result<Applied, Trouble> {
    with_lock(context, dry, |context| planned(context, false), person)
}

fn planned(context: &Context, held: bool) -> Result<(Opened, Plan, bool), Trouble> {
    let opened = open_site(Root::open(&context.root)?, context)?;
    let mut plan = opened.plan_restore();
    if !context.overwrite_drift {
        plan.findings.extend(left(&plan));
    }
    Ok((opened, plan, held))
}

/// The keys that somebody changed since: they stay as they are, and are named.
fn left(plan: &Plan) -> Vec<Finding> {
    let shown = |value: &Option<Value>| value.as_ref().map_or("no plain value".to_owned(), Value::to_string);
    let collisions =
        plan.files.iter().flat_map(|file| file.collisions.iter().map(move |collision| (file, collision)));
    collisions
        .map(|(file, collision)| {
            let message = format!(
                "`{}` of `{}` was changed by hand ({} → {}), so it stays",
                collision.edit.at,
                file.path,
                shown(&collision.edit.after),
                shown(&collision.theirs),
            );
            Finding::new(Level::Warning, message).hint("`--overwrite-drift` gives it back too")
        })
        .collect()
}
