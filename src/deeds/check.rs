//! `check`: whether every wish is in force.

use super::open::{Context, Opened, Trouble, open};
use crate::catalogue::Severity;
use crate::fault::{Finding, Level};
use crate::plan::{Action, FilePlan, Picture, Plan};

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
    let is_complete = !strict || !plan.findings.iter().any(|finding| finding.level == Level::Warning);
    let is_as_wished = !plan.is_refused() && !plan.changes_files() && !plan.is_mistaken();
    let is_in_force = is_as_wished && !plan.wishes.is_silence && !opened.interrupted && is_complete;
    Ok(Verdict { opened, plan, is_in_force })
}

/// How a site is, as monitoring has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Health {
    /// Every wish is in force.
    Ok,
    /// Every wish that has a place is in force, but somebody should look.
    Warning,
    /// A visitor meets something else than what is wished.
    Critical,
    /// It cannot be told.
    Unknown,
}

impl Verdict {
    /// How the site is. One that a person gave back is as that person wants it, and not forgotten.
    #[must_use]
    pub fn health(&self) -> Health {
        let is_warned = || self.warnings().next().is_some();
        match self.is_in_force {
            _ if self.is_given_back() => Health::Warning,
            true if is_warned() => Health::Warning,
            true => Health::Ok,
            false => Health::Critical,
        }
    }

    /// Whether the site is as a person gave it back, and `apply` could brand it again.
    #[must_use]
    pub fn is_given_back(&self) -> bool {
        self.is_held() && !self.plan.is_refused() && !self.opened.interrupted
    }

    /// What somebody should look at: warnings, but for what a picture comes to, which its owner has seen and settled.
    pub fn warnings(&self) -> impl Iterator<Item = &str> {
        let remarks = self.opened.making.pictures.iter().flat_map(Picture::remarks);
        let grounds = self.opened.making.findings.iter().map(|found| found.message.clone());
        let remarks: Vec<String> = remarks.map(ToString::to_string).chain(grounds).collect();
        let warns = |found: &&Finding| found.level == Level::Warning;
        let is_remark =
            move |found: &&Finding| remarks.iter().any(|remark| found.message.ends_with(remark.as_str()));
        let findings = self.plan.findings.iter().filter(move |found| !is_remark(found));
        let findings = findings.chain(&self.plan.news).filter(warns);
        let mistakes = self.plan.mistakes.iter().map(|made| &made.mistake);
        let mistakes = mistakes.filter(|mistake| mistake.severity != Severity::Info);
        let messages = findings.map(|found| found.message.as_str());
        messages.chain(mistakes.map(|mistake| mistake.message.as_str()))
    }

    /// Whether a person gave everything back.
    #[must_use]
    pub fn is_held(&self) -> bool {
        self.opened.receipt.as_ref().is_some_and(|receipt| receipt.held)
    }

    /// The files that are not as they should be.
    pub fn differing(&self) -> impl Iterator<Item = &FilePlan> {
        self.plan.files.iter().filter(|file| file.action != Action::Keep)
    }
}
