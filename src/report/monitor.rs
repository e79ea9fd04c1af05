//! One line for a monitoring system, by the guidelines of the Monitoring Plugins: what is so, `|`, and figures.

use crate::deeds::{Health, Verdict};
use crate::fault::Level;
use crate::plan::{FilePlan, WishRecord};

/// The most characters of the text: it has to go into a message to a telephone.
const LONGEST: usize = 240;

/// How the site of `verdict` is, and the line that says so.
#[must_use]
pub fn monitored(verdict: &Verdict) -> (Health, String) {
    let health = verdict.health();
    (health, line(health, &text(verdict, health), &figures(verdict)))
}

/// The line of a site that cannot be judged.
#[must_use]
pub fn unknown(reason: &str) -> (Health, String) {
    (Health::Unknown, line(Health::Unknown, reason, ""))
}

fn line(health: Health, text: &str, figures: &str) -> String {
    let word = match health {
        Health::Ok => "OK",
        Health::Warning => "WARNING",
        Health::Critical => "CRITICAL",
        Health::Unknown => "UNKNOWN",
    };
    let figures = if figures.is_empty() { String::new() } else { format!("|{figures}") };
    format!("REBRAND {word} - {}{figures}\n", plain(text))
}

/// `text` in one line, without what would end it or begin the figures.
fn plain(text: &str) -> String {
    let plain = |letter: char| match letter {
        '|' => '¦',
        letter if letter.is_control() => ' ',
        letter => letter,
    };
    let rest = if text.chars().nth(LONGEST).is_some() { "…" } else { "" };
    text.chars().take(LONGEST).map(plain).chain(rest.chars()).collect()
}

fn text(verdict: &Verdict, health: Health) -> String {
    let plan = &verdict.plan;
    if verdict.opened.interrupted {
        return "a run was interrupted; `rebrand apply` heals it".to_owned();
    }
    if health == Health::Warning && verdict.is_held() {
        return "held: since `rebrand restore`, until `rebrand apply`".to_owned();
    }
    let WishRecord { is_silence, recorded, files, .. } = &plan.wishes;
    if *is_silence {
        return format!(
            "the project speaks of no wish of the brand any more; {files} files are branded by {recorded} wishes"
        );
    }
    if let Some(error) = plan.findings.iter().find(|found| found.level == Level::Error) {
        return error.message.clone();
    }
    let differing: Vec<&FilePlan> = verdict.differing().collect();
    if let Some(first) = differing.first() {
        let others = differing.len() - 1;
        let others = if others == 0 { String::new() } else { format!(" and {others} more") };
        return format!("not as wished: {}{others}; `rebrand status` tells all", first.path);
    }
    // Without strictness a warning is no more than that, and with it the worst there is.
    let wishes = verdict.opened.wish_count();
    let files = verdict.opened.receipt.as_ref().map_or(0, |receipt| receipt.files.len());
    let in_force = || format!("every wish is in force: {wishes} wishes, {files} files");
    verdict.warnings().next().map_or_else(in_force, ToOwned::to_owned)
}

/// What is counted, as `label=value;warning;critical;least`.
fn figures(verdict: &Verdict) -> String {
    let plan = &verdict.plan;
    let figures = [
        ("files", plan.files.len()),
        ("wishes", verdict.opened.wish_count()),
        ("not_here", plan.not_here.len()),
        ("mistakes", plan.mistakes.len()),
        ("changes", verdict.differing().count()),
    ];
    figures.map(|(label, value)| format!("{label}={value};;;0")).join(" ")
}
