//! What a plan comes to, in figures: how many files and keys, before it is carried out and after.

use crate::plan::{Action, FilePlan, Plan};

/// What is to be done: `14 files to write, 8 to add; 31 keys`. Empty where no file changes.
#[must_use]
pub fn ahead(plan: &Plan) -> String {
    totals(plan, ["to write", "to add", "to remove"])
}

/// The same once it is done: `14 files written, 8 added; 31 keys`.
#[must_use]
pub fn done(plan: &Plan) -> String {
    totals(plan, ["written", "added", "removed"])
}

fn totals(plan: &Plan, words: [&str; 3]) -> String {
    let count = |wanted: &dyn Fn(&FilePlan) -> bool| plan.files.iter().filter(|file| wanted(file)).count();
    let counts = [
        count(&|file| file.action == Action::Write && file.actual.is_some()),
        count(&|file| file.action == Action::Write && file.actual.is_none()),
        count(&|file| file.action == Action::Remove),
    ];
    let mut parts: Vec<String> = Vec::new();
    for (number, word) in counts.into_iter().zip(words).filter(|(number, _)| *number > 0) {
        let unit = if parts.is_empty() { counted(number, "file") } else { number.to_string() };
        parts.push(format!("{unit} {word}"));
    }
    let changed = plan.files.iter().filter(|file| matches!(file.action, Action::Write | Action::Remove));
    let keys: usize = changed.map(|file| file.shown_differences().len()).sum();
    let keys = if keys == 0 { String::new() } else { format!("; {}", counted(keys, "key")) };
    format!("{}{keys}", parts.join(", "))
}

/// `1 file`, `2 files`.
pub(super) fn counted(number: usize, unit: &str) -> String {
    format!("{number} {unit}{}", if number == 1 { "" } else { "s" })
}
