//! `apply`: the brand in force, all files at once.

use std::path::Path;

use super::lock::relock;
use super::open::{Context, Opened, Trouble, open};
use crate::host::{self, Branded, Change, Healed, OwnLock, Patience, Root, Step, Transaction, is_of_client};
use crate::plan::receipt::Receipt;
use crate::plan::{Action, FilePlan, Plan};

/// What `apply` or `restore` came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applied {
    /// Nothing had to be done.
    Nothing,
    /// It was not to be done: a dry run, or a person said no.
    NotDone,
    /// It cannot be done; the plan says why.
    Refused,
    /// It is done.
    Done,
}

/// Who is asked before something is written, and told what it waits for.
pub struct Person<'p> {
    /// Sees the plan, and says whether it is to be carried out.
    pub agree: &'p mut dyn FnMut(&Opened, &Plan) -> bool,
    /// Hears which lock of apt or dpkg is waited for.
    pub waiting: &'p mut dyn FnMut(&Path),
}

/// What `deed` comes to with somebody who agrees to everything.
pub(super) fn willing<R>(deed: impl FnOnce(&mut Person<'_>) -> R) -> R {
    deed(&mut Person { agree: &mut |_, _| true, waiting: &mut |_| () })
}

/// Makes the plan, lets the person see it, and carries it out.
///
/// # Errors
/// When something cannot be read or written; the site is then as it was before.
pub fn apply(context: &Context, dry: bool, person: &mut Person<'_>) -> Result<Applied, Trouble> {
    with_lock(
        context,
        dry,
        |context| {
            let opened = open(context)?;
            let plan = opened.plan();
            Ok((opened, plan, false))
        },
        person,
    )
}

/// How often a plan is made anew because another run was faster.
const MOST_TRIES: usize = 8;

/// The frame of every deed that writes: plan, ask, lock, commit. dpkg's locks are held for the commit alone, never
/// while a person thinks.
pub(super) fn with_lock(
    context: &Context,
    dry: bool,
    plan_of: impl Fn(&Context) -> Result<(Opened, Plan, bool), Trouble>,
    person: &mut Person<'_>,
) -> Result<Applied, Trouble> {
    if dry {
        let (opened, plan, _) = plan_of(context)?;
        (person.agree)(&opened, &plan);
        return Ok(shown(&opened, &plan));
    }
    let mut is_healed = false;
    for _ in 0..MOST_TRIES {
        // Bad input is told before anything is touched, our own folder included; half of a commit is no input.
        let planned = plan_of(context);
        let root = match &planned {
            Ok((opened, ..)) => opened.root.clone(),
            Err(_) => Root::open(&context.root)?,
        };
        if host::interrupted(&root)? {
            let lock = host::lock(&root, context.patience, person.waiting)?;
            is_healed |= host::heal(&root, &lock)? != Healed::Nothing;
            continue;
        }
        let (mut opened, plan, held) = planned?;
        opened.interrupted = is_healed;
        let is_agreed = (person.agree)(&opened, &plan);
        if plan.is_refused() {
            return Ok(Applied::Refused);
        }
        let receipt = plan.receipt(opened.receipt.as_ref(), held);
        let branded = opened.branded(&plan, &receipt);
        if is_done(&opened, &plan, &receipt, branded.as_ref())? {
            // A source may differ and come to the very same pictures.
            relock(&opened)?;
            if let Ok(lock) = host::lock(&root, Patience::NONE, &mut |_| ()) {
                remember(&root, &lock, &opened);
            }
            return Ok(Applied::Nothing);
        }
        if plan.changes_files() && !is_agreed {
            return Ok(Applied::NotDone);
        }
        let lock = host::lock(&root, context.patience, person.waiting)?;
        if host::interrupted(&root)? || host::receipt(&root)? != opened.receipt {
            continue;
        }
        let changes = plan.changes_files() || opened.is_out_of_place(&plan);
        // First, for it can fail without harm: what is pinned is what was made, in force or not.
        relock(&opened)?;
        host::commit(&root, &lock, &transaction(&opened, &plan, branded, receipt))?;
        remember(&root, &lock, &opened);
        return Ok(if changes { Applied::Done } else { Applied::Nothing });
    }
    Err(host::Error::ChangedMeanwhile(context.root.clone()).into())
}

/// What comes of a `plan` that is only shown.
fn shown(opened: &Opened, plan: &Plan) -> Applied {
    match plan.is_refused() {
        true => Applied::Refused,
        false if plan.changes_files() || opened.is_out_of_place(plan) => Applied::NotDone,
        false => Applied::Nothing,
    }
}

/// Whether the site, its names and the record of it are as `plan` wants them.
fn is_done(
    opened: &Opened,
    plan: &Plan,
    receipt: &Receipt,
    branded: Option<&Branded>,
) -> Result<bool, Trouble> {
    let is_recorded = match &opened.receipt {
        Some(old) => {
            let said = |receipt: &Receipt| (receipt.held, receipt.wishes.clone(), receipt.removed.clone());
            said(old) == said(receipt) && old.files == receipt.files
        }
        None => receipt.files.is_empty() && receipt.wishes.is_empty(),
    };
    let is_out_of_place = |branded| host::is_out_of_place(&opened.root, branded);
    let is_moved = branded.map(is_out_of_place).transpose()?.unwrap_or_default();
    Ok(!plan.changes_files() && is_recorded && !is_moved)
}

/// Keeps the pictures that were made for a project. They are made again where they cannot be kept.
fn remember(root: &Root, lock: &OwnLock, opened: &Opened) {
    let Some(_) = &opened.project else { return };
    let _ = host::remember(root, lock, opened.making.parts.iter());
}

fn transaction(opened: &Opened, plan: &Plan, branded: Option<Branded>, receipt: Receipt) -> Transaction {
    let is_linked = |file: &FilePlan| {
        branded.as_ref().is_some_and(|branded| branded.mode != host::Mode::Copies) && is_of_client(&file.path)
    };
    let givers = opened.givers(plan);
    let step = |file: &FilePlan| {
        let change = match (file.action, &file.target) {
            (Action::Write, Some(bytes)) => Change::Write(bytes.clone()),
            (Action::Remove, _) => Change::Remove,
            _ => return None,
        };
        let is_late = givers.contains(&file.path);
        Some(Step { path: file.path.clone(), change, expected: file.actual.clone(), is_late })
    };
    let ours = plan.files.iter().filter(|file| receipt.files.contains_key(&file.path));
    // What lies beside its path needs no second copy.
    let kept = ours.filter(|file| branded.is_none() || !is_of_client(&file.path));
    let bases = kept.filter_map(|file| Some((file.path.clone(), file.base.clone()?)));
    let keep = bases.filter(|(_, base)| !opened.keeps(base)).collect();
    let steps = plan.files.iter().filter(|file| !is_linked(file)).filter_map(step).collect();
    Transaction { steps, keep, rescue: plan.rescued.clone(), branded, receipt }
}
