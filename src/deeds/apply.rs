//! `apply`: the brand in force, all files at once.

use super::lock::relock;
use super::open::{Context, Opened, Trouble, open};
use crate::host::{self, Change, Healed, OwnLock, Root, Step, Transaction};
use crate::plan::{Action, Plan};

/// What `apply` or `restore` came to.
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

/// Makes the plan, lets `agree` see it, and carries it out.
///
/// # Errors
/// When something cannot be read or written; the site is then as it was before.
pub fn apply(
    context: &Context,
    dry: bool,
    agree: &mut dyn FnMut(&Opened, &Plan) -> bool,
) -> Result<Applied, Trouble> {
    with_lock(
        context,
        dry,
        |context| {
            let opened = open(context)?;
            let plan = opened.plan();
            Ok((opened, plan, false))
        },
        agree,
    )
}

/// The frame of every deed that writes: lock, heal, plan, ask, commit.
pub(super) fn with_lock(
    context: &Context,
    dry: bool,
    make: impl Fn(&Context) -> Result<(Opened, Plan, bool), Trouble>,
    agree: &mut dyn FnMut(&Opened, &Plan) -> bool,
) -> Result<Applied, Trouble> {
    let root = Root::open(&context.root)?;
    if dry {
        let (opened, plan, _) = make(context)?;
        agree(&opened, &plan);
        return Ok(if plan.is_refused() { Applied::Refused } else { judged(&plan) });
    }
    // Bad input is told before anything is touched, our own folder included.
    let (mut opened, mut plan, mut held) = make(context)?;
    let lock = host::lock(&root)?;
    let healed = host::heal(&root, &lock)? != Healed::Nothing;
    // Another run may have committed before the lock was ours; commit itself looks at every file once more.
    if healed || host::receipt(&root)? != opened.receipt {
        (opened, plan, held) = make(context)?;
    }
    opened.interrupted = healed;
    let is_agreed = agree(&opened, &plan);
    if plan.is_refused() {
        return Ok(Applied::Refused);
    }
    let receipt = plan.receipt(opened.receipt.as_ref(), held);
    let is_recorded =
        opened.receipt.as_ref().is_some_and(|old| old.held == held && old.files == receipt.files);
    if !plan.changes_files() && (is_recorded || (receipt.files.is_empty() && opened.receipt.is_none())) {
        remember(&root, &lock, &opened);
        return Ok(Applied::Nothing);
    }
    if plan.changes_files() && !is_agreed {
        return Ok(Applied::NotDone);
    }
    let changes = plan.changes_files();
    host::commit(&root, &lock, &transaction(&plan, receipt))?;
    remember(&root, &lock, &opened);
    relock(&opened)?;
    Ok(if changes { Applied::Done } else { Applied::Nothing })
}

/// Keeps the pictures that were made. They are made again where they cannot be kept.
fn remember(root: &Root, lock: &OwnLock, opened: &Opened) {
    let _ = host::remember(root, lock, opened.making.parts.iter());
}

fn judged(plan: &Plan) -> Applied {
    if plan.changes_files() { Applied::NotDone } else { Applied::Nothing }
}

fn transaction(plan: &Plan, receipt: crate::plan::receipt::Receipt) -> Transaction {
    let step = |file: &crate::plan::FilePlan| {
        let change = match (file.action, &file.target) {
            (Action::Write, Some(bytes)) => Change::Write(bytes.clone()),
            (Action::Remove, _) => Change::Remove,
            _ => return None,
        };
        Some(Step { path: file.path.clone(), change, expected: file.actual.clone() })
    };
    let ours = plan.files.iter().filter(|file| receipt.files.contains_key(&file.path));
    let keep = ours.filter_map(|file| file.base.clone()).collect();
    Transaction { steps: plan.files.iter().filter_map(step).collect(), keep, receipt }
}
