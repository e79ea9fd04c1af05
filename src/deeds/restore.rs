//! `restore`: the shipped files back.

use super::apply::{Applied, Person, with_lock};
use super::lost::{keep_named, leave_branded};
use super::open::{Context, Opened, Trouble, open_remains, open_site, open_site_with};
use super::overlay::mode;
use super::project::project;
use crate::fault::{Finding, Level};
use crate::host::{self, Mode, Root};
use crate::plan::receipt::BaseIs;
use crate::plan::{FilePlan, Plan};
use crate::value::Value;

/// There is nothing to give back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NothingKept;

/// That generation is not kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotKept {
    /// Those that are.
    pub generations: Vec<u64>,
}

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
    with_lock(context, dry, |context| planned(context, open_site, true), person).map(Ok)
}

/// Puts the generation `number` in force again, lets the person see the plan first, and holds the site so.
///
/// # Errors
/// When something cannot be read or written; the site is then as it was before.
pub fn restore_to(
    context: &Context,
    number: u64,
    dry: bool,
    person: &mut Person<'_>,
) -> Result<Result<Applied, NotKept>, Trouble> {
    let root = Root::open(&context.root)?;
    let Some((receipt, files)) = host::generation(&root, number)? else {
        return Ok(Err(NotKept { generations: host::generations(&root)? }));
    };
    let make = |context: &Context| {
        let mut opened = open_site_with(Root::open(&context.root)?, context, receipt.files.keys().cloned())?;
        if !host::has_places(&opened.root)? {
            // Everything was given back, so nothing shows how the files took their places.
            opened.mode = opened.mode.map(|_| wished_mode(context));
        }
        let plan = opened.plan_earlier(&receipt, &files);
        Ok((opened, plan, true))
    };
    with_lock(context, dry, make, person).map(Ok)
}

/// How the project wants its files to take their places; by links if there is none.
fn wished_mode(context: &Context) -> Mode {
    project(context).map(|(_, brand, _)| mode(&brand)).unwrap_or_default()
}

/// Gives back every file, and holds nothing: the next run of the trigger begins anew. Where the client `is_gone`,
/// that is what lies elsewhere. Tells what the owner should know.
pub(super) fn give_back(context: &Context, is_gone: bool) -> Result<Vec<Finding>, Trouble> {
    let open = if is_gone { open_remains } else { open_site };
    let mut findings = Vec::new();
    let mut agree = |_: &Opened, plan: &Plan| {
        findings.clone_from(&plan.findings);
        true
    };
    let mut person = Person { agree: &mut agree, waiting: &mut |_| () };
    with_lock(context, false, |context| planned(context, open, false), &mut person)?;
    Ok(findings)
}

fn planned(
    context: &Context,
    open: impl Fn(Root, &Context) -> Result<Opened, Trouble>,
    held: bool,
) -> Result<(Opened, Plan, bool), Trouble> {
    let opened = open(Root::open(&context.root)?, context)?;
    let mut plan = opened.plan_restore();
    if !context.overwrite_drift {
        plan.findings.extend(left(&plan));
    }
    plan.findings.extend(unknown(&plan));
    let lost = leave_branded(&opened.site, &mut plan);
    plan.findings.extend(lost);
    let named = keep_named(&opened.site, &mut plan);
    plan.findings.extend(named);
    Ok((opened, plan, held))
}

/// The files that held the brand before anything was recorded.
fn unknown(plan: &Plan) -> Vec<Finding> {
    let branded = plan.files.iter().filter(|file| file.base_is == BaseIs::Branded);
    let message = |file: &FilePlan| {
        format!("`{}` held the brand before the records that are here, so it stays", file.path)
    };
    let hint = "`rebrand diff` shows what is wished of it; a backup from before the brand has the rest";
    branded.map(|file| Finding::new(Level::Warning, message(file)).hint(hint)).collect()
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
