//! Why `check` says no, in one line: which of all that it told decides.

use super::finding::plain;
use crate::catalogue::Severity;
use crate::deeds::Verdict;
use crate::fault::Level;

/// The line that ends `check`; none where every wish is in force. With `strict` a warning decides too.
#[must_use]
pub fn verdict(verdict: &Verdict, strict: bool) -> Option<String> {
    if verdict.is_in_force {
        return None;
    }
    if verdict.is_given_back() {
        let message = "held: since `rebrand restore` the site is as it was shipped, and upgrades leave it so";
        return Some(plain(message, Some("`rebrand apply` puts the brand in force again")));
    }
    let message = format!("not every wish is in force: {}", reasons(verdict, strict).join("; "));
    Some(plain(&message, None))
}

fn reasons(verdict: &Verdict, strict: bool) -> Vec<String> {
    let plan = &verdict.plan;
    let counted = |level| plan.findings.iter().filter(|found| found.level == level).count();
    let mut reasons = Vec::new();
    let mut count = |number: usize, one: &str, several: &str| match number {
        0 => (),
        1 => reasons.push(format!("1 {one}")),
        _ => reasons.push(format!("{number} {several}")),
    };
    count(counted(Level::Error), "error", "errors");
    count(verdict.differing().count(), "file is not as wished", "files are not as wished");
    if strict {
        count(
            counted(Level::Warning),
            "warning, which `--strict` counts",
            "warnings, which `--strict` counts",
        );
    }
    let severe = plan.mistakes.iter().filter(|made| made.mistake.severity == Severity::Error);
    let mut ids: Vec<String> = severe.map(|made| format!("`{}`", made.mistake.id)).collect();
    ids.dedup();
    if !ids.is_empty() {
        reasons.push(format!("known mistakes that lose a wish or break the page: {}", ids.join(", ")));
    }
    if plan.wishes.is_silence {
        reasons.push("the project speaks of no wish of the brand any more".to_owned());
    }
    if verdict.opened.interrupted {
        reasons.push("an earlier run was interrupted, and the next `apply` heals it".to_owned());
    }
    reasons
}
