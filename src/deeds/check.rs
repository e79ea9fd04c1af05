//! `check`: whether every wish is in force.

use super::open::{Context, Opened, Trouble, open};
use crate::plan::Plan;

/// What `check` found.
pub struct Verdict {
    /// What was opened.
    pub opened: Opened,
    /// What `apply` would do.
    pub plan: Plan,
    /// Whether every wish is in force, and no known mistake breaks the page or loses one.
    pub is_in_force: bool,
}

/// Checks the site. With `strict`, a wish that has no place here is not in force.
///
/// # Errors
/// When the site or the project cannot be read.
pub fn check(context: &Context, strict: bool) -> Result<Verdict, Trouble> {
    let opened = open(context)?;
    let plan = opened.plan();
    let is_complete =
        !strict || !plan.findings.iter().any(|finding| finding.level == crate::fault::Level::Warning);
    let is_as_wished = !plan.is_refused() && !plan.changes_files() && !plan.is_mistaken();
    let is_in_force = is_as_wished && !opened.interrupted && is_complete;
    Ok(Verdict { opened, plan, is_in_force })
}
