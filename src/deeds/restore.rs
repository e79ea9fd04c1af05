//! `restore`: the shipped files back.

use super::apply::{Applied, with_lock};
use super::open::{Context, Opened, Trouble, open_site};
use crate::fault::{Finding, Level};
use crate::host::Root;
use crate::plan::Plan;
use crate::value::Value;

/// There is nothing to give back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NothingKept;

/// Gives back every file as it was, lets `agree` see the plan first, and holds the site so.
///
/// # Errors
/// When something cannot be read or written; the site is then as it was before.
pub fn restore(
    context: &Context,
    dry: bool,
    agree: &mut dyn FnMut(&Opened, &Plan) -> bool,
) -> Result<Result<Applied, NothingKept>, Trouble> {
    let opened = open_site(Root::open(&context.root)?, context)?;
    if opened.receipt.is_none() && !opened.interrupted {
        return Ok(Err(NothingKept));
    }
    let make = |context: &Context| {
        let opened = open_site(Root::open(&context.root)?, context)?;
        let mut plan = opened.plan_restore();
        if !context.overwrite_drift {
            plan.findings.extend(left(&plan));
        }
        Ok((opened, plan, true))
    };
    with_lock(context, dry, make, agree).map(Ok)
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
